// Installs DuckDB's C library for this machine; the build calls it (see ClickFuncs.DuckDb.csproj).
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from '../build/install-packages.mjs';

const folder = dirname(fileURLToPath(import.meta.url));
const platform = `${process.platform}-${process.arch}`;
const [version] = Object.values(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).optionalDependencies);

installPackages({
    folder,
    needed: join('node_modules', '@duckdb', `node-bindings-${platform}`),
    // The lock file covers linux-x64; elsewhere the same version is taken by name.
    fallback: `npm install --no-save --no-package-lock --ignore-scripts --loglevel=error @duckdb/node-bindings-${platform}@${version}`,
});
