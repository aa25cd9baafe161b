import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Run } from '../api/finance';
import { dayOf, runText, shareDone } from './runs';

const run = (changes: Partial<Run>): Run =>
  ({ id: 'close-2026-07-01', execution: 1, state: 'running', updated_at: '2026-07-02T02:00:00Z', progress: null, outcome: null, failure: null, ...changes });

test('run text, in every state, says where the close is or what it came to', () => {
  assert.equal(runText(run({})), 'Waiting to begin');
  assert.equal(runText(run({ progress: { phase: 'counting', done: 3, total: 16 } })), 'Counting again, 3 of 16 buckets');
  assert.equal(runText(run({ progress: { phase: 'settling', waiting: 'Partition 2 is behind.' } })), 'Waiting for archive and stream. Partition 2 is behind.');
  assert.equal(runText(run({ progress: { phase: 'dancing' } })), 'dancing');
  assert.equal(runText(run({ state: 'completed', outcome: { revision: 2, is_new: true, alerts: [], entries: 1 } })), 'Revision 2, 1 ledger entry');
  assert.equal(runText(run({ state: 'completed', outcome: { revision: 2, is_new: false, alerts: [], entries: 0 } })), 'Nothing new since revision 2');
  assert.equal(runText(run({ state: 'failed', failure: 'The day can\'t be counted yet.' })), 'The day can\'t be counted yet.');
});

test('run text, every phase of a close, has words', () => {
  for (const phase of ['settling', 'compacting', 'judging', 'counting', 'reconciling', 'publishing', 'charging'])
    assert.notEqual(runText(run({ progress: { phase } })), phase);
});

test('share done, while counting only, is a part of one', () => {
  assert.equal(shareDone(run({ progress: { phase: 'counting', done: 4, total: 16 } })), 0.25);
  assert.equal(shareDone(run({ progress: { phase: 'charging' } })), null);
  assert.equal(shareDone(run({ state: 'completed', progress: { phase: 'counting', done: 16, total: 16 } })), null);
});

test('day, of a close, is in its id', () => assert.equal(dayOf(run({ id: 'close-2026-07-03' })), '2026-07-03'));
