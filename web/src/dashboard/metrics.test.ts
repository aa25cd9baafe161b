import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Counts } from '../api/analytics';
import { changeOf, money } from '../format/numbers';
import { currenciesOf, figuresOf } from './metrics';

const counts = (currency: string, clicks: number, spend: string): Counts => ({
  impressions: clicks * 10, clicks, raw_clicks: clicks, conversions: 1, total_spend: spend, currency, ctr: 0.1, cvr: 0.5, cpc: '0.25',
});

test('figures, two currencies, add counts and never money', () => {
  const figures = figuresOf([counts('EUR', 2, '0.50'), counts('USD', 3, '0.750001')], 'USD');
  assert.deepEqual(figures, { impressions: 50, clicks: 5, conversions: 2, ctr: 0.1, total_spend: 750_001n, cpc: 250_000n });
});

test('figures, nothing counted, have no ratios', () => {
  const { ctr, cpc, clicks } = figuresOf([], '');
  assert.deepEqual({ ctr, cpc, clicks }, { ctr: null, cpc: null, clicks: 0 });
});

test('currencies, several, come with the most clicked first', () => {
  assert.deepEqual(currenciesOf([counts('', 9, '0.00'), counts('EUR', 2, '0.50'), counts('USD', 3, '0.75')]), ['USD', 'EUR']);
  assert.deepEqual(currenciesOf([counts('', 9, '0.00')]), ['']);
});

test('money, more digits than a binary fraction holds, is shown with all of them', () => {
  assert.equal(money(2n ** 63n - 1n, 'USD'), 'USD 9,223,372,036,854.775807');
  assert.equal(money(10_675_000n, 'NOK'), 'NOK 10.675');
  assert.equal(money(29_000_000n, ''), '29.00');
});

test('change, from nothing or of nothing, is not told', () => {
  assert.equal(changeOf(5, 0), null);
  assert.equal(changeOf(null, 5n), null);
  assert.equal(changeOf(150n, 100n), 0.5);
  assert.equal(changeOf(5, 10), -0.5);
});
