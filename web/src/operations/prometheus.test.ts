import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucketsOf, knownSumOf, parseMetrics, quantile, sumOf } from './prometheus';

const text = `# HELP events_total Events.
# TYPE events_total counter
events_total{partition="0",outcome="accepted"} 5
events_total{partition="1",outcome="accepted"} 7
events_total{partition="1",outcome="say \\"hi\\"\\\\"} 1
lag 0.5
duration_seconds_bucket{le="0.01"} 50
duration_seconds_bucket{le="0.02"} 90
duration_seconds_bucket{le="+Inf"} 100
`;

test('sum, some labels, adds the series that have them', () => {
  const metrics = parseMetrics(text);
  assert.equal(sumOf(metrics, 'events_total'), 13);
  assert.equal(sumOf(metrics, 'events_total', { outcome: 'accepted' }), 12);
  assert.equal(sumOf(metrics, 'events_total', { outcome: 'say "hi"\\' }), 1);
  assert.equal(sumOf(metrics, 'lag'), 0.5);
  assert.equal(sumOf(metrics, 'nothing_total'), 0);
});

test('quantile, within and beyond the buckets, is what their bounds tell', () => {
  const buckets = bucketsOf(parseMetrics(text), 'duration_seconds');
  assert.equal(quantile(0.25, buckets), 0.005);
  assert.equal(quantile(0.7, buckets), 0.015);
  assert.equal(quantile(0.99, buckets), 0.02);
  assert.equal(quantile(0.5, new Map()), null);
});

test('sum, of a metric that one host of many does not have, is unknown and no zero', () => {
  const metrics = parseMetrics(text);
  assert.equal(knownSumOf(metrics, true, 'nothing_total'), null);
  assert.equal(knownSumOf(metrics, false, 'nothing_total'), 0);
  assert.equal(knownSumOf(metrics, true, 'events_total', { outcome: 'late' }), 0, 'the metric is there, and none is late');
});
