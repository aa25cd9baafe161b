import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isStopped, stateWords } from './budget-words';

test('each state has words of its own', () => {
  const words = (['active', 'pacing', 'held', 'exhausted'] as const).map(stateWords);
  assert.equal(new Set(words).size, 4);
});

test('held and exhausted campaigns are stopped, pacing ones run', () => {
  assert.deepEqual((['active', 'pacing', 'held', 'exhausted'] as const).map(isStopped), [false, false, true, true]);
});
