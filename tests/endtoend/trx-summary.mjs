// Sums the counts of all .trx files in a directory and prints every failure and every skipped test's reason; the last line
// is "N passed, N failed, N skipped". Fails when a test failed, none ran, or an expected assembly left no results.
//
//   node trx-summary.mjs DIRECTORY ASSEMBLY...
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [directory, ...assemblies] = process.argv.slice(2);
const totals = { passed: 0, failed: 0, skipped: 0 };
const seen = new Set();
const problems = [];

const unescape = (text) => text
  .replace(/&#x([0-9a-f]+);/gi, (_, code) => String.fromCodePoint(parseInt(code, 16)))
  .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
  .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&');
const attribute = (tag, name) => unescape(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '');
const element = (xml, name) => unescape(new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '').trim();

function addFile(path) {
  const xml = readFileSync(path, 'utf8');
  const counters = /<Counters\s[^>]*>/.exec(xml)?.[0];
  if (!counters || !xml.trimEnd().endsWith('</TestRun>')) {
    problems.push(`${path} is incomplete: the test run was cut off.`);
    return;
  }

  for (const [, codeBase] of xml.matchAll(/<TestMethod\s[^>]*codeBase="([^"]*)"/g))
    seen.add(unescape(codeBase).split(/[\\/]/).pop());
  const [total, passed] = ['total', 'passed'].map((name) => Number(attribute(counters, name)));
  let skipped = 0;
  for (const [, tag, body] of xml.matchAll(/<UnitTestResult(\s[^>]*?)(?:\/>|>([\s\S]*?)<\/UnitTestResult>)/g)) {
    const [name, outcome] = [attribute(tag, 'testName'), attribute(tag, 'outcome')];
    const message = element(body ?? '', 'Message') || element(body ?? '', 'StdOut');
    if (outcome === 'NotExecuted') {
      skipped++;
      console.log(`SKIPPED ${name}: ${message || 'no reason given'}`);
    } else if (outcome !== 'Passed') {
      console.log(`FAILED ${name}\n${message.replace(/^/gm, '    ')}`);
    }
  }

  totals.passed += passed;
  totals.skipped += skipped;
  // Whatever neither passed nor was skipped (failed, aborted, timed out) is a failure.
  totals.failed += total - passed - skipped;
  const outcome = attribute(/<ResultSummary\s[^>]*>/.exec(xml)?.[0] ?? '', 'outcome');
  if (total === passed + skipped && !['Completed', 'Passed'].includes(outcome))
    problems.push(`${path}: the run's outcome is ${outcome || 'missing'}.\n${element(xml, 'Text')}`);
}

for (const file of readdirSync(directory).filter((name) => name.endsWith('.trx')).sort()) addFile(join(directory, file));
for (const assembly of assemblies.filter((name) => !seen.has(name))) problems.push(`${assembly} left no test results.`);
if (totals.passed + totals.failed === 0) problems.push('No test ran.');

for (const problem of problems) console.log(`FAILED ${problem}`);
console.log(`${totals.passed} passed, ${totals.failed + problems.length} failed, ${totals.skipped} skipped`);
process.exitCode = totals.failed + problems.length > 0 ? 1 : 0;
