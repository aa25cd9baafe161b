import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../api/operations';
import { openAlerts, runbookAddress } from './alerts';

const alert = (id: string, state: Alert['state'], ...labels: string[]): Alert => ({
  id, state, severity: 'page', meaning: '', condition: '', runbook: '',
  series: labels.map(text => ({ labels: text, value: 1, since: '', is_firing: state === 'firing' })),
});

test('alerts that do not hold are left out, the others keep their order', () =>
  assert.deepEqual(openAlerts([alert('a', 'firing', ''), alert('b', 'pending', ''), alert('c', 'ok')]).map(open => open.id), ['a', 'b']));

test('series are told by their labels', () =>
  assert.equal(openAlerts([alert('a', 'firing', 'partition="1"', 'partition="3"')])[0]!.where, 'partition=1; partition=3'));

test('runbook, an entry of the file, is where the server shows it', () =>
  assert.equal(runbookAddress('docs/operations.md#the-spool'), '/runbook#the-spool'));
