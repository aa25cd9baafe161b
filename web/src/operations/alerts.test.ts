import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Alert } from '../api/operations';
import { openAlerts, runbookAddress, unknownAlerts } from './alerts';

const alert = (id: string, state: Alert['state'], ...labels: string[]): Alert => ({
  id, state, severity: 'page', meaning: '', condition: '', runbook: '', unknown: state === 'unknown' ? `Nobody counts ${id.slice(0, 1)}.` : null,
  series: labels.map(text => ({ labels: text, value: 1, since: '', is_firing: state === 'firing' })),
});

test('alerts that do not hold are left out, the others keep their order', () =>
  assert.deepEqual(openAlerts([alert('a', 'firing', ''), alert('b', 'pending', ''), alert('c', 'ok')]).map(open => open.id), ['a', 'b']));

test('alerts of which nothing is known are no open ones, and told together by why', () => {
  const alerts = [alert('a1', 'unknown'), alert('b', 'unknown'), alert('a2', 'unknown'), alert('c', 'ok')];
  assert.deepEqual(openAlerts(alerts), []);
  assert.deepEqual([...unknownAlerts(alerts)], [['Nobody counts a.', ['a1', 'a2']], ['Nobody counts b.', ['b']]]);
});

test('series are told by their labels', () =>
  assert.equal(openAlerts([alert('a', 'firing', 'partition="1"', 'partition="3"')])[0]!.where, 'partition=1; partition=3'));

test('runbook, an entry of the file, is where the server shows it', () =>
  assert.equal(runbookAddress('docs/operations.md#the-spool'), '/runbook#the-spool'));
