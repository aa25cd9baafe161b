// Checks and builds the dashboard into dist/, each file also compressed; the build of api/ calls it (see Web.targets).
import { execSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { exclusively } from '../build/exclusively.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const stamp = join(dist, '.built');
const installed = join(here, 'node_modules', '.package-lock.json');
const inputs = ['src', 'index.html', 'runbook.html', 'runbook.ts', '../docs/operations.md', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts', 'build.mjs'];

const modified = path => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const filesOf = path => statSync(path).isDirectory()
  ? readdirSync(path, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name))
  : [path];
const newest = () => Math.max(...inputs.flatMap(name => filesOf(join(here, name))).map(modified));
const run = command => execSync(command, { cwd: here, stdio: ['ignore', 'inherit', 'inherit'] });

function compress(path) {
  const content = readFileSync(path);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } };
  writeFileSync(`${path}.br`, brotliCompressSync(content, quality));
  writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
}

exclusively(join(here, 'obj', 'building.lock'), 'building the dashboard', () => {
  if (modified(stamp) >= newest())
    return;
  rmSync(dist, { recursive: true, force: true });
  if (modified(installed) < modified(join(here, 'package-lock.json')))
    run('npm ci --ignore-scripts --no-audit --no-fund --loglevel=error');
  run('npx --no-install tsc');
  run('npx --no-install vite build --logLevel warn');
  filesOf(dist).forEach(compress);
  writeFileSync(stamp, '');
});
