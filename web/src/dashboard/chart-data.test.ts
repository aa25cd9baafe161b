import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Accuracy, Overview, Point } from '../api/analytics';
import { chartPoints, plotColumns } from './chart-data';

const point = (timestamp: number, clicks: number, accuracy: Accuracy = 'live', currency = 'USD'): Point => ({
  timestamp, clicks, accuracy, currency, impressions: 0, raw_clicks: clicks, conversions: 0, total_spend: '0.50', ctr: null, cvr: null, cpc: '0.25',
});

const overview: Overview = {
  advertiser_id: 'adv', granularity: '1m', accuracy: 'live', watermark: '1970-01-01T00:02:30Z', as_of: '1970-01-01T00:03:00Z',
  series: [point(0, 1, 'final'), point(60, 2), point(60, 3, 'live', 'EUR'), point(120, 4), point(180, 5), point(240, 0)], totals: [],
  comparison: { start_time: '', end_time: '', series: [point(-300, 7), point(-240, 8)], totals: [] },
  breakdown: { dimension: 'ad_id', count: 0, trend_step_seconds: 60, rows: [] },
};

test('points, up to now, say what is final and what still grows', () => {
  assert.deepEqual(chartPoints(overview, 'clicks', 'USD', 200_000), [
    { time: 0, value: 1, accuracy: 'final', isComplete: true, before: 7 },
    { time: 60, value: 5, accuracy: 'live', isComplete: true, before: 8 },
    { time: 120, value: 4, accuracy: 'live', isComplete: false, before: null },
    { time: 180, value: 5, accuracy: 'live', isComplete: false, before: null },
  ]);
});

test('points, of money, are of one currency', () => {
  assert.deepEqual(chartPoints(overview, 'total_spend', 'USD', 70_000).map(({ value }) => value), [500_000n, 500_000n]);
});

test('columns, a range not over, have the open line go on from the complete one', () => {
  assert.deepEqual(plotColumns(chartPoints(overview, 'clicks', 'USD', 200_000)),
    [[0, 60, 120, 180], [7, 8, null, null], [1, 5, null, null], [null, 5, 4, 5]]);
});
