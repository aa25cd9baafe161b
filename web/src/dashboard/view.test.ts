import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type View, firstView, parseView, questionOf, viewQuery, withFilter, withoutFilter } from './view';

const full: View = {
  advertiser: 'adv & co', range: { from: '2026-07-01', to: '2026-07-03' }, granularity: '1d', metric: 'total_spend', currency: 'EUR',
  by: 'country', order: 'cpc', isAscending: true, rows: 40, filters: [['device', 'mobile'], ['device', ''], ['ad_id', 'a=b&c']],
};

test('view, written to an address and read back, is the same', () => {
  assert.deepEqual(parseView(viewQuery(full)), full);
  assert.deepEqual(parseView(viewQuery(firstView)), firstView);
  assert.equal(viewQuery(firstView), '');
});

test('view, from an address that makes no sense, is the first view', () => {
  assert.deepEqual(parseView('?range=ever&granularity=5m&metric=x&by=y&sort=z&order=up&rows=-1&from=1&to=2&colour=red'), firstView);
});

test('question, a whole view, asks once for everything', () => {
  const query = questionOf(full, Date.parse('2026-07-15'));
  assert.equal(query.toString(), 'advertiser_id=adv+%26+co&start_time=2026-07-01T00%3A00%3A00.000Z&end_time=2026-07-04T00%3A00%3A00.000Z'
    + '&granularity=1d&fill=true&compare_start_time=2026-06-28T00%3A00%3A00.000Z&compare_end_time=2026-07-01T00%3A00%3A00.000Z'
    + '&breakdown=country&order_by=cpc&order=asc&limit=40&device=mobile&device=&ad_id=a%3Db%26c');
});

test('filters, added twice and removed once, are gone', () => {
  const twice = withFilter(withFilter(firstView, ['device', 'mobile']), ['device', 'mobile']);
  assert.deepEqual(twice.filters, [['device', 'mobile']]);
  assert.deepEqual(withoutFilter(twice, ['device', 'mobile']).filters, []);
});
