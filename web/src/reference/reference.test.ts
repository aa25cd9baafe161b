import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Description } from '../api/description';
import { areasOf } from './routes';
import { fieldsOf, heldObject, typeText } from './schemas';

const description: Description = {
  openapi: '3.1.1', info: { title: 'T' },
  paths: {
    '/a': { get: { tags: ['One'], summary: 'Reads it.', responses: {} }, put: { tags: ['One'], summary: 'Writes it.', responses: {} } },
    '/b/{id}': { get: { tags: ['Two'], summary: 'Finds one.', responses: {} } },
  },
  components: {
    schemas: {
      Node: {
        type: 'object', required: ['name'],
        properties: {
          name: { type: 'string', description: 'What it is called.' }, next: { oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Node', description: 'The one after.' }] },
          all: { type: 'array', items: { $ref: '#/components/schemas/Node' } }, at: { type: ['null', 'string'], format: 'date-time' },
        },
      },
    },
  },
};
const node = { $ref: '#/components/schemas/Node' };

test('routes, all, stand under their area', () => assert.deepEqual(
  areasOf(description, '').map(([area, routes]) => [area, routes.map(route => `${route.method} ${route.path} ${route.anchor}`)]),
  [['One', ['GET /a get-a', 'PUT /a put-a']], ['Two', ['GET /b/{id} get-b-id']]]));

test('routes, a text, are those that have it', () => assert.deepEqual(
  areasOf(description, ' WRITES').map(([area, routes]) => [area, routes.length]), [['One', 1]]));

test('fields, of an object that holds itself, are told without going on for ever', () => assert.deepEqual(
  fieldsOf(heldObject(node, description)!, description).map(({ name, type, isRequired, meaning, held }) => [name, type, isRequired, meaning, held !== null]),
  [
    ['name', 'text', true, 'What it is called.', false], ['next', 'object or null', false, 'The one after.', true],
    ['all', 'list of object', false, '', true], ['at', 'time or null', false, '', false],
  ]));

test('type, any value, is said so', () => assert.equal(typeText({}, description), 'any value'));
