import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nextWait } from './wait';

test('wait, failures in a row, doubles up to a minute', () => {
  assert.deepEqual([0, 1, 2, 5, 1000].map(failures => nextWait(2_000, failures, 10)), [2_000, 4_000, 8_000, 60_000, 60_000]);
});

test('wait, a slow answer, leaves the server time for others', () => {
  assert.equal(nextWait(2_000, 0, 1_000), 4_000);
});

test('wait, a failure of what is asked for seldom, does not let a page stand there long', () => {
  assert.deepEqual([0, 1, 2].map(failures => nextWait(15_000, failures, 10)), [15_000, 4_000, 8_000]);
});

test('wait, what is asked for once an hour, is an hour while it works', () => assert.equal(nextWait(3_600_000, 0, 10), 3_600_000));
