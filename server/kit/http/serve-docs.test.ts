import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startTestServer } from '../../testing/http-server.ts';

test('the API describes itself: what is sent, who may, and every refusal', async () => {
  const { app } = await startTestServer();
  const document = (await app.inject({ url: '/openapi.json' })).json();
  assert.deepEqual([document.openapi, document.info.version], ['3.1.0', '1.2.3']);
  assert.deepEqual(Object.keys(document.paths), ['/capi/v1/order/{orderId}', '/health']);
  const { post } = document.paths['/capi/v1/order/{orderId}'];
  assert.equal(post.operationId, 'register-order');
  assert.deepEqual(post.security, [{ accessToken: ['orders:write'] }]);
  assert.deepEqual(post.tags, ['order']);
  const parameters = post.parameters.map((parameter: { in: string; name: string }) => [
    parameter.in,
    parameter.name,
  ]);
  assert.deepEqual(parameters.sort(), [
    ['header', 'Idempotency-Key'],
    ['path', 'orderId'],
    ['query', 'state'],
  ]);
  const { schema } = post.requestBody.content['application/json'];
  assert.deepEqual(schema.properties.amount, { type: 'number', 'x-sort': 'narrows' });
  assert.deepEqual(schema.required, ['work']);
  assert.deepEqual(Object.keys(post.responses), [
    '201',
    '400',
    '401',
    '403',
    '404',
    '409',
    '422',
    '429',
    '503',
    'default',
  ]);
  const refusal = post.responses['400'].content['application/json'].schema;
  assert.deepEqual(refusal, { $ref: '#/components/schemas/Problem' });
  assert.ok(document.components.schemas.Problem.properties.exceptionType);
  const example = post.requestBody.content['application/json'];
  assert.ok(JSON.stringify(example).includes('"nothing"'));
});

test('operations that anyone may call ask for no token', async () => {
  const { app } = await startTestServer();
  const { get } = (await app.inject({ url: '/openapi.json' })).json().paths['/health'];
  assert.deepEqual(get.security, []);
  assert.equal(get.responses['401'], undefined);
});

test('the reference for people loads nothing from elsewhere', async () => {
  const { app } = await startTestServer();
  const page = await app.inject({ url: '/docs' });
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /(?:src|href)="(?:https?:)?\/\//);
});
