// Runs the unit tests of the dashboard: bundles each *.test.ts for Node and hands it to Node's own test runner.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, 'obj', 'tests');
const tests = readdirSync(join(here, 'src'), { recursive: true }).filter(name => name.endsWith('.test.ts'));
if (tests.length === 0)
  throw new Error('There are no tests.');

rmSync(out, { recursive: true, force: true });
await build({
  root: here,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    outDir: out,
    rolldownOptions: {
      input: Object.fromEntries(tests.map(name => [name.replaceAll(/[\\/]/g, '-').replace(/\.ts$/, ''), join(here, 'src', name)])),
      output: { entryFileNames: '[name].mjs' },
    },
  },
});
const bundles = readdirSync(out).filter(name => name.endsWith('.test.mjs')).map(name => join(out, name));
execFileSync(process.execPath, ['--test', ...bundles], { stdio: 'inherit' });
