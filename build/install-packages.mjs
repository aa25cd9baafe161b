// Installs a folder's npm packages for the build, by lock file. Two builds at once take turns: the second finds the stamp
// of the first and does nothing.
import { execSync } from 'node:child_process';
import { existsSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exclusively } from './exclusively.mjs';

// folder: where package.json and its lock file are. needed: the path inside it that the build is after.
// fallback: a command for where the lock file has no package for this machine.
export function installPackages({ folder, needed, fallback }) {
    const stamp = join(folder, 'node_modules', '.installed');
    exclusively(join(folder, 'obj', 'installing.lock'), `installing the packages of ${folder}`, () => {
        if (isCurrent(folder, needed, stamp))
            return;
        const run = command => execSync(command, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
        run('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error');
        if (!existsSync(join(folder, needed)) && fallback)
            run(fallback);
        if (!existsSync(join(folder, needed)))
            throw new Error(`npm installed the packages of ${folder}, but ${needed} is not among them.`);
        writeFileSync(stamp, '');
        utimesSync(stamp, new Date(), new Date());
    });
}

function isCurrent(folder, needed, stamp) {
    const changed = Math.max(...['package.json', 'package-lock.json'].map(name => statSync(join(folder, name)).mtimeMs));
    return existsSync(join(folder, needed)) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed;
}
