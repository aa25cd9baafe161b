import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FinanceView, financeAddress, parseFinanceView } from './view';

const nothing: FinanceView = { day: null, advertiser: null, currency: null, month: null, evidence: null };

test('address and view, any, are each other\'s inverse', () => {
  const all: FinanceView = { day: '2026-07-01', advertiser: 'adv &=?', currency: 'NOK', month: '2026-07', evidence: { day: '2026-07-02', campaign: 'c/1' } };
  for (const view of [nothing, all, { ...all, evidence: null }, { ...nothing, month: '2026-01' }])
    assert.deepEqual(parseFinanceView(financeAddress(view).slice('/finance'.length)), view);
  assert.equal(financeAddress(nothing), '/finance');
});

test('view, of an address with what is no day or month, leaves it to the page', () => {
  assert.deepEqual(parseFinanceView('?day=yesterday&month=7&clicks_of=2026-07-01'), nothing);
});
