import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as examplesShown from './examples-shown.ts';
import * as openapiLint from './openapi-lint.ts';
import { findAmbiguousPaths } from './reading/find-ambiguous-paths.ts';
import { plant, shown } from './testing/plant.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** A description without a fault: one operation that takes a number and a body. */
const described = (change: object = {}) => ({
  openapi: '3.1.0',
  info: { title: 'Leveret', version: '1.0.0', license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
  servers: [{ url: '/' }],
  security: [],
  paths: {
    '/order/{orderId}/cancel': {
      post: {
        operationId: 'cancelOrder',
        summary: 'Cancel an order',
        description: 'Cancels it.',
        parameters: [
          { in: 'path', name: 'orderId', required: true, schema: { type: 'integer' }, example: 100000 },
        ],
        requestBody: { content: { 'application/json': { schema: { type: 'object' }, example: {} } } },
        responses: { 200: { description: 'Done' }, 400: { description: 'Refused' } },
        ...change,
      },
    },
  },
});

async function plantDescription(t: TestContext, description: object): Promise<string> {
  const root = await plant(t, {
    'openapi.json': JSON.stringify(description),
    'redocly.yaml': await readFile(join(repository, 'redocly.yaml'), 'utf8'),
  });
  await symlink(join(repository, 'node_modules'), join(root, 'node_modules'));
  return root;
}

test('a description that keeps the rules', async (t) => {
  const root = await plantDescription(t, described());
  assert.deepEqual(shown(await openapiLint.run(root)), []);
  assert.deepEqual(shown(await examplesShown.run(root)), []);
});

const faults: [string, object, RegExp][] = [
  ['an operation that is not described', described({ description: undefined }), /operation-description/],
  ['no server', { ...described(), servers: [] }, /no-empty-servers/],
  [
    'an example that its schema does not allow',
    described({
      requestBody: {
        content: { 'application/json': { schema: { type: 'object', required: ['a'] }, example: {} } },
      },
    }),
    /no-invalid-media-type-examples/,
  ],
];
for (const [what, description, message] of faults) {
  test(what, async (t) => {
    assert.match(shown(await openapiLint.run(await plantDescription(t, description))).join('\n'), message);
  });
}

test('a body and a parameter without an example are told by what to add', async (t) => {
  const parameters = [{ in: 'path', name: 'orderId', required: true, schema: { type: 'integer' } }];
  const requestBody = { content: { 'application/json': { schema: { type: 'object' } } } };
  const root = await plant(t, { 'openapi.json': JSON.stringify(described({ parameters, requestBody })) });
  assert.deepEqual(shown(await examplesShown.run(root)), [
    'openapi.json cancelOrder lacks an example: add orderId to examples.params',
    'openapi.json cancelOrder lacks an example: add examples.body, as a site would send it',
  ]);
});

const number = { get: { parameters: [{ in: 'path', name: 'id', schema: { type: 'integer' } }] } };
const word = { get: { parameters: [{ in: 'path', name: 'id', schema: { type: 'string' } }] } };
const pairs: [string, Record<string, unknown>, number][] = [
  ['a number is no word', { '/order/status/{id}': number, '/order/{id}/cancel': number }, 0],
  ['one text can be another', { '/order/status/{id}': word, '/order/{id}/cancel': word }, 1],
  ['a word goes before a parameter', { '/order/{id}': word, '/order/mine': {} }, 0],
  ['two parameters at one place', { '/order/{id}': word, '/order/{number}': number }, 1],
  ['different words', { '/order/{id}/cancel': word, '/order/{id}/refund': word }, 0],
  ['different lengths', { '/order/{id}': word, '/order/{id}/refund': word }, 0],
];
for (const [what, paths, times] of pairs) {
  test(`ambiguous paths: ${what}`, () => {
    assert.equal(findAmbiguousPaths(paths).length, times);
  });
}
