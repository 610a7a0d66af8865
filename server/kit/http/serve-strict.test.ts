import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Type } from 'typebox';
import { startTestServer } from '../../testing/http-server.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import type { ApiCaller } from './route-table.ts';

const json = { 'content-type': 'application/json' };

test('a body with a byte-order mark is read', async () => {
  const server = await startTestServer();
  const headers = { ...json, authorization: 'Bearer good' };
  const payload = '\ufeff{"work":"x"}';
  const reply = await server.app.inject({ method: 'POST', url: '/capi/v1/order/7', headers, payload });
  assert.equal(reply.statusCode, 201);
});

test('what takes no body or parameter refuses each, and signs of life are given all the same', async () => {
  const take: Endpoint<unknown, ApiCaller> = endpoint({
    operationId: 'take',
    summary: 'Takes nothing',
    reply: Type.Object({}),
    handle: async () => ({ body: {} }),
  });
  const row = {
    path: '/none',
    who: 'client',
    scope: 'orders:write',
    endpoint: take,
  } as const;
  const server = await startTestServer({
    rows: [
      { ...row, method: 'POST', act: { none: 'a test' } },
      { ...row, method: 'GET' },
    ],
  });
  const call = async (method: 'GET' | 'POST', url: string, payload = '', token = 'good') => {
    const headers = { ...json, authorization: `Bearer ${token}`, 'idempotency-key': 'k' };
    const reply = await server.app.inject({ method, url, headers, payload });
    return [reply.statusCode, reply.json().fields?.[0]?.field];
  };
  for (const method of ['GET', 'POST'] as const) {
    assert.deepEqual(await call(method, '/none', '{}'), [200, undefined]);
    assert.deepEqual(await call(method, '/none?testing=true', '{"testing":true}'), [200, undefined]);
    assert.deepEqual(await call(method, '/none?testing=true', '', 'strict'), [400, 'testing']);
    assert.deepEqual(await call(method, '/none?amount=1'), [400, 'amount']);
    assert.deepEqual(await call(method, '/none', '{"amount":1}'), [400, 'amount']);
    assert.deepEqual(await call(method, '/none', 'null'), [400, 'body']);
  }
  assert.equal((await server.app.inject({ method: 'GET', url: '/health?now=1' })).statusCode, 200);
});
