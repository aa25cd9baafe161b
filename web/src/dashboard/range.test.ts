import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayMs, hourMs } from '../format/times';
import { granularityFor, parseDays, spanBefore, spanOf } from './range';

const now = Date.parse('2026-07-15T14:30:20Z');
const span = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) });

test('span, presets, are whole days in UTC or the last sixty minutes', () => {
  assert.deepEqual(spanOf('today', now), span('2026-07-15', '2026-07-16'));
  assert.deepEqual(spanOf('yesterday', now), span('2026-07-14', '2026-07-15'));
  assert.deepEqual(spanOf('7d', now), span('2026-07-09', '2026-07-16'));
  assert.deepEqual(spanOf('1h', now), span('2026-07-15T13:31Z', '2026-07-15T14:31Z'));
  assert.deepEqual(spanOf({ from: '2026-07-01', to: '2026-07-01' }, now), span('2026-07-01', '2026-07-02'));
});

test('span before, a range that is not over, stops at the same time of day', () => {
  assert.deepEqual(spanBefore(spanOf('today', now), now), span('2026-07-14T00:00Z', '2026-07-14T14:30Z'));
  assert.deepEqual(spanBefore(spanOf('7d', now), now), span('2026-07-02T00:00Z', '2026-07-08T15:00Z'), 'to the hour');
  assert.deepEqual(spanBefore(spanOf('90d', now), now), span('2026-01-17', '2026-04-17'), 'to the day');
});

test('span before, a range that is over, is all of the one before', () => {
  assert.deepEqual(spanBefore(spanOf('yesterday', now), now), span('2026-07-13', '2026-07-14'));
});

test('granularity, asked for one that does not fit, is the best that does', () => {
  const of = (length: number) => ({ start: 0, end: length });
  assert.equal(granularityFor(of(30 * dayMs), '1m'), '1d');
  assert.equal(granularityFor(of(hourMs), '1h'), '1m');
  assert.equal(granularityFor(of(dayMs), null), '1h');
  assert.equal(granularityFor(of(dayMs), '1m'), '1m');
});

test('days, from a URL, are taken only if they are days in order', () => {
  assert.deepEqual(parseDays('2026-07-01', '2026-07-02'), { from: '2026-07-01', to: '2026-07-02' });
  for (const [from, to] of [['2026-07-02', '2026-07-01'], ['2026-02-30', '2026-03-01'], ['x', 'y'], [null, '2026-07-01']] as const)
    assert.equal(parseDays(from, to), null);
});
