import assert from 'node:assert/strict';
import { test } from 'node:test';
import { changeOf } from './numbers';

test('change, so small that it reads as nothing, is none', () => {
  assert.equal(Math.abs(changeOf(10_000, 10_004)!), 0);
  assert.equal(changeOf(10_000, 10_006), -0.001);
  assert.equal(Math.abs(changeOf(1_879_999n, 1_880_000n)!), 0);
});

test('change, from nothing, is not known', () => assert.equal(changeOf(3, 0), null));
