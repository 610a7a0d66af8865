import assert from 'node:assert/strict';
import { test } from 'node:test';
import { api } from './api.ts';
import { buildOpenApi } from './openapi.ts';

type Parameter = { in: string; name: string; required?: boolean };
type Operation = {
  operationId: string;
  parameters?: Parameter[];
  security: object[];
  responses: Record<string, { content?: object }>;
};

async function operations(): Promise<[string, string, Operation][]> {
  const { paths } = (await buildOpenApi()) as { paths: Record<string, Record<string, Operation>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]): [string, string, Operation] => [method, path, one]),
  );
}

test('the document is the same each time, and lists what clients and anyone may call', async () => {
  assert.deepEqual(await buildOpenApi(), await buildOpenApi());
  const shown = new Set((await operations()).map(([, , one]) => one.operationId));
  const wanted = api.filter((row) => ['client', 'user', 'anyone'].includes(row.who));
  assert.deepEqual([...shown].sort(), [...wanted.map((row) => row.endpoint.operationId), 'get-token'].sort());
});

test('every parameter of a path is read by its operation', async () => {
  for (const [method, path, { parameters = [] }] of await operations()) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map((found) => found[1]);
    const read = parameters.filter((one) => one.in === 'path').map((one) => one.name);
    assert.deepEqual(read, named, `${method} ${path}`);
  }
});

test('every operation says what it answers, who may call it, and what a refusal looks like', async () => {
  for (const [method, path, one] of await operations()) {
    const replies = Object.entries(one.responses);
    assert.ok(Array.isArray(one.security), `${method} ${path}`);
    assert.ok(
      replies.some(([status]) => status.startsWith('2')),
      `${method} ${path}`,
    );
    assert.ok(
      replies.some(([status]) => status.startsWith('4')),
      `${method} ${path}`,
    );
    for (const [status, { content }] of replies) assert.ok(content, `${method} ${path} ${status}`);
  }
});
test('every POST of a client that changes something takes an idempotency key', async () => {
  const reading = new Set([
    'checkAccess',
    'checkOwnAccess',
    'checkCredential',
    'checkProducts',
    'checkCouponPrice',
    'tryMerchant',
    'searchCustomers',
    'checkCustomerNumber',
    'exportCustomer',
    'exportUser',
    'searchOwnOrders',
    'get-token',
  ]);
  for (const [method, path, one] of await operations()) {
    const takesKey = one.parameters?.some((parameter) => parameter.name === 'Idempotency-Key') ?? false;
    assert.equal(takesKey, method === 'post' && !reading.has(one.operationId), `${method} ${path}`);
  }
});
