// Installs DuckDB's C library for this machine; the build calls it (see ClickFuncs.DuckDb.csproj).
// Two builds at once take turns: the second finds the stamp of the first and does nothing.
import { execSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const lock = join(here, 'obj', 'installing.lock');
const stamp = join(here, 'node_modules', '.installed');
const platform = `${process.platform}-${process.arch}`;
const library = join(here, 'node_modules', '@duckdb', `node-bindings-${platform}`);
const patience = 5 * 60 * 1000;

function isCurrent() {
    const changed = Math.max(...['package.json', 'package-lock.json'].map(name => statSync(join(here, name)).mtimeMs));
    return existsSync(library) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed;
}

function tryLock() {
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
function isHolderAlive() {
    try {
        const holder = Number(readFileSync(lock, 'utf8'));
        if (holder > 0)
            process.kill(holder, 0);
        return true;
    } catch (error) {
        return error.code !== 'ESRCH';
    }
}

mkdirSync(dirname(lock), { recursive: true });
const deadline = Date.now() + patience;
while (!tryLock()) {
    if (!isHolderAlive())
        rmSync(lock, { force: true });
    else if (Date.now() > deadline)
        throw new Error(`Another build has been installing DuckDB for ${patience / 60000} minutes. If none is running, delete ${lock}.`);
    else
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

try {
    if (!isCurrent()) {
        const run = command => execSync(command, { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });
        run('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error');
        if (!existsSync(library)) {
            // The lock file covers linux-x64; elsewhere the same version is taken by name.
            const [version] = Object.values(JSON.parse(readFileSync(join(here, 'package.json'), 'utf8')).optionalDependencies);
            run(`npm install --no-save --no-package-lock --ignore-scripts --loglevel=error @duckdb/node-bindings-${platform}@${version}`);
        }

        mkdirSync(dirname(stamp), { recursive: true });
        writeFileSync(stamp, '');
        utimesSync(stamp, new Date(), new Date());
    }
} finally {
    rmSync(lock, { force: true });
}
