import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExact } from './exact';

test('parse, money, keeps every digit', () => {
  const json = '{"total_spend":9223372036854.775807,"cpc":0.10,"clicks":3,"ctr":0.5}';
  assert.deepEqual(parseExact(json), { total_spend: '9223372036854.775807', cpc: '0.10', clicks: 3, ctr: 0.5 });
});

test('parse, micros beyond what a number holds, keeps every digit', () => {
  const json = '{\n  "spend_micros": -9223372036854775807,\n  "amount_micros":1\n}';
  assert.deepEqual(parseExact(json), { spend_micros: '-9223372036854775807', amount_micros: '1' });
});

test('parse, no money or text that looks like it, is left alone', () => {
  const value = { cpc: null, ad_id: '"total_spend":1,', 'x"cpc":2,': '"cpc":3}' };
  assert.deepEqual(parseExact(JSON.stringify(value)), value);
});
