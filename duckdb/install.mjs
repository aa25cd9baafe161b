// Installs DuckDB's C library for this machine; the build calls it (see ClickFuncs.DuckDb.csproj).
import { execSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exclusively } from '../build/exclusively.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const stamp = join(here, 'node_modules', '.installed');
const platform = `${process.platform}-${process.arch}`;
const library = join(here, 'node_modules', '@duckdb', `node-bindings-${platform}`);

function isCurrent() {
    const changed = Math.max(...['package.json', 'package-lock.json'].map(name => statSync(join(here, name)).mtimeMs));
    return existsSync(library) && existsSync(stamp) && statSync(stamp).mtimeMs >= changed;
}

exclusively(join(here, 'obj', 'installing.lock'), 'installing DuckDB', () => {
    if (isCurrent())
        return;
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
});
