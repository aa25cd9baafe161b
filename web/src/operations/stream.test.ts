import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMetrics } from './prometheus';
import { eventsOf, partitionsOf, rateOf, recentQuantile, refusalsOf, shareOf, sumKnown } from './stream';

const reading = (at: number, accepted: number, slow: number) => ({
  at,
  metrics: parseMetrics([
    'clickfuncs_partition_lag{partition="10"} 4', 'clickfuncs_partition_lag{partition="2"} 0',
    'clickfuncs_partition_watermark_lag_seconds{partition="2"} 31.5', 'clickfuncs_partition_failing{partition="10"} 1',
    `clickfuncs_processor_events_total{partition="2",outcome="accepted"} ${accepted}`,
    'clickfuncs_processor_events_total{partition="10",outcome="late"} 10',
    'd_bucket{le="0.01"} 100', `d_bucket{le="1"} ${100 + slow}`, `d_bucket{le="+Inf"} ${100 + slow}`,
    'clickfuncs_redirect_requests_total{outcome="click"} 9', 'clickfuncs_redirect_requests_total{outcome="expired"} 2',
    'clickfuncs_redirect_requests_total{outcome="malformed"} 3',
  ].join('\n')),
});

test('partitions, by number, have what is known of them', () => {
  assert.deepEqual(partitionsOf(reading(0, 30, 0).metrics).map(({ name, lag, watermarkAge, isFailing }) => [name, lag, watermarkAge, isFailing]),
    [['2', 0, 31.5, null], ['10', 4, null, true]]);
});

test('share and rate, of events, are of all outcomes and per second', () => {
  assert.equal(shareOf(eventsOf(reading(0, 30, 0).metrics), 'late'), 0.25);
  assert.equal(rateOf(reading(0, 30, 0), reading(10, 80, 0), 'clickfuncs_processor_events_total'), 5);
  assert.equal(rateOf(reading(0, 30, 0), reading(10, 0, 0), 'clickfuncs_processor_events_total'), null, 'started anew');
  assert.equal(rateOf(reading(0, 30, 0), reading(0, 30, 0), 'clickfuncs_processor_events_total'), null, 'one reading only');
});

test('quantile, of what came between two readings, leaves out what was before', () => {
  assert.ok(recentQuantile(0.5, reading(0, 0, 0), reading(10, 0, 10), 'd')! > 0.01);
  assert.equal(recentQuantile(0.5, reading(0, 0, 0), reading(10, 0, 0), 'd'), 0.005);
});

test('refusals, by reason, leave clicks out', () => {
  assert.deepEqual(refusalsOf(reading(0, 0, 0).metrics), [['malformed', 3], ['expired', 2]]);
});

test('a partition of which the hub does not tell is there, and how far it is behind unknown', () => {
  const [only] = partitionsOf(parseMetrics('clickfuncs_partition_committed_sequence{partition="0"} 7'));
  assert.deepEqual([only!.name, only!.lag, only!.waiting, only!.isFailing], ['0', null, null, null]);
  assert.equal(sumKnown([1, only!.lag]), null);
  assert.equal(sumKnown([1, 2]), 3);
});
