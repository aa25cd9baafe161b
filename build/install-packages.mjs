// Installs a folder's npm packages for the build, by lock file. Two builds at once take turns: the second finds the stamp
// of the first and does nothing.
import { execSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const patience = 5 * 60 * 1000;

// folder: where package.json and its lock file are. needed: the path inside it that the build is after.
// fallback: a command for where the lock file has no package for this machine.
export function installPackages({ folder, needed, fallback }) {
    const lock = join(folder, 'obj', 'installing.lock');
    const stamp = join(folder, 'node_modules', '.installed');
    mkdirSync(dirname(lock), { recursive: true });
    const deadline = Date.now() + patience;
    while (!tryLock(lock)) {
        if (!isHolderAlive(lock))
            rmSync(lock, { force: true });
        else if (Date.now() > deadline)
            throw new Error(`Another build has been installing packages for ${patience / 60000} minutes. If none is running, delete ${lock}.`);
        else
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }

    try {
        if (!isCurrent(folder, needed, stamp)) {
            const run = command => execSync(command, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
            run('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error');
            if (!existsSync(join(folder, needed)) && fallback)
                run(fallback);
            if (!existsSync(join(folder, needed)))
                throw new Error(`npm installed the packages of ${folder}, but ${needed} is not among them.`);
            writeFileSync(stamp, '');
            utimesSync(stamp, new Date(), new Date());
        }
    } finally {
        rmSync(lock, { force: true });
    }
}

function isCurrent(folder, needed, stamp) {
    const changed = Math.max(...['package.json', 'package-lock.json'].map(name => statSync(join(folder, name)).mtimeMs));
    return existsSync(join(folder, needed)) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed;
}

function tryLock(lock) {
    try {
        const file = openSync(lock, 'wx');
        writeFileSync(file, String(process.pid));
        closeSync(file);
        return true;
    } catch (error) {
        if (error.code !== 'EEXIST')
            throw error;
        return false;
    }
}

// A build that was killed leaves its lock behind; its process is gone.
function isHolderAlive(lock) {
    try {
        const holder = Number(readFileSync(lock, 'utf8'));
        if (holder > 0)
            process.kill(holder, 0);
        return true;
    } catch (error) {
        return error.code !== 'ESRCH';
    }
}
