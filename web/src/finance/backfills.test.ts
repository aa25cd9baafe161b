import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Backfill } from '../api/finance';
import { backfillState, rangeText } from './backfills';

const outcome: NonNullable<Backfill['outcome']> = {
  from: '2026-07-01T02:00:00+00:00', to: '2026-07-01T05:00:00+00:00', applied: false, difference: { rows: 0, totals: [] },
};

test('range, an outcome, is read from it', () => assert.equal(rangeText({ id: 'backfill-x', outcome }), '2026-07-01 02:00 to 2026-07-01 05:00'));

test('range, no outcome yet, is what the id says', () => assert.equal(rangeText({ id: 'backfill-2026-07-01T02', outcome: null }), '2026-07-01T02'));

test('state, by run and result, is told apart', () => assert.deepEqual(
  [
    backfillState({ state: 'pending', outcome: null }), backfillState({ state: 'running', outcome: null }), backfillState({ state: 'failed', outcome: null }),
    backfillState({ state: 'completed', outcome: { ...outcome, staged: { run: '1', on: '2026-07-02' } } }),
    backfillState({ state: 'completed', outcome: { ...outcome, applied: true, staged: null } }), backfillState({ state: 'completed', outcome }),
  ].map(state => state.name),
  ['Waiting', 'Running', 'Failed', 'Waits for a decision', 'Applied', 'Discarded']));
