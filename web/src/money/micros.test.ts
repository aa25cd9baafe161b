import assert from 'node:assert/strict';
import { test } from 'node:test';
import { microsText, parseMicros, readablePrice } from './micros';

test('parse and text, any amount, are each other\'s inverse', () => {
  for (const [text, micros] of [['0.00', 0n], ['0.45', 450_000n], ['10.675', 10_675_000n], ['-0.000001', -1n], ['9223372036854.775807', 2n ** 63n - 1n]] as const) {
    assert.equal(parseMicros(text), micros);
    assert.equal(microsText(micros), text);
  }
});

test('parse, fewer decimals, is the same amount', () => {
  assert.equal(parseMicros('1'), 1_000_000n);
  assert.equal(parseMicros('1.5'), 1_500_000n);
});

test('parse, what is no amount, is refused', () => {
  for (const text of ['', '1e3', '1.', '.5', '1.0000001', 'NaN', ' 1'])
    assert.throws(() => parseMicros(text), /no amount of money/);
});

test('readable price, any, is rounded half to even where it is long', () => {
  for (const [exact, readable] of [['1.860011', '1.86'], ['1.865', '1.86'], ['1.875', '1.88'], ['0.257069', '0.2571'], ['0.00005', '0.00'], ['-2.005001', '-2.01'], ['12', '12.00']] as const)
    assert.equal(microsText(readablePrice(parseMicros(exact))), readable);
});
