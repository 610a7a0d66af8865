import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { createAddressGuard } from '../../../kit/address-guard.ts';
import { createHttpClient } from '../../../kit/http-client.ts';
import type { JudgedAnswer } from '../../../kit/judge-answer.ts';
import { callKustom, type KustomCall } from './call-kustom.ts';
import { readManagedOrder } from './read-order.ts';

const http = createHttpClient({
  name: 'kustom',
  guard: createAddressGuard({ allowLoopback: true, blockedCidrs: [] }),
  connectTimeoutMilliseconds: 1000,
  totalTimeoutMilliseconds: 5000,
  maxInFlight: 4,
  maxQueued: 4,
  maxResponseBytes: 10_000,
});
let answer = { status: 200, text: '' };
let heard: { url: string | undefined; headers: IncomingHttpHeaders } | undefined;
const server = createServer((request, response) => {
  heard = { url: request.url, headers: request.headers };
  request.resume();
  request.on('end', () => response.writeHead(answer.status).end(answer.text));
});
before(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
after(async () => {
  server.closeAllConnections();
  server.close();
  await http.close();
});

function call(request: KustomCall): Promise<JudgedAnswer> {
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/kustom/`;
  return callKustom(http.of({ publisherId: 1 }), { baseUrl, username: 'u', password: 'p' }, request);
}

const table: [status: number, text: string, kind: string, code?: string][] = [
  [200, '{"order_id":"a"}', 'done'],
  [201, '', 'done'],
  [204, '', 'done'],
  [302, '', 'unknown', 'status 302'],
  [400, '{"error_code":"BAD_VALUE"}', 'refused', 'BAD_VALUE'],
  [401, '', 'refused', 'status 401'],
  [403, '{"error_code":"READ_ONLY_ORDER"}', 'refused', 'READ_ONLY_ORDER'],
  [404, '{"error_code":"+47 900 00 001"}', 'refused', 'status 404'],
  [408, '', 'unknown', 'status 408'],
  [409, '{"error_code":"CONFLICT"}', 'unknown', 'CONFLICT'],
  [429, '', 'not sent', 'status 429'],
  [500, '{"error_code":"INTERNAL_SERVER_ERROR"}', 'unknown', 'INTERNAL_SERVER_ERROR'],
  [503, '<html>', 'unknown', 'status 503'],
];

for (const [status, text, kind, code] of table) {
  test(`an answer of ${status} ${text} is ${kind}`, async () => {
    answer = { status, text };
    const given = await call({ method: 'GET', path: '/orders/a' });
    assert.equal(given.kind, kind);
    assert.equal('code' in given ? given.code : undefined, code);
  });
}

test('a call carries the login and its key, below the base address', async () => {
  answer = { status: 204, text: '' };
  await call({ method: 'POST', path: '/orders/a/cancel', idempotencyKey: 'one' });
  assert.equal(heard?.url, '/kustom/orders/a/cancel');
  assert.equal(heard?.headers['klarna-idempotency-key'], 'one');
  assert.equal(heard?.headers.authorization, `Basic ${Buffer.from('u:p').toString('base64')}`);
});

test('an order is read although it has more fields than we know, and not without its sums', () => {
  const order = {
    status: 'NEW_WORD',
    order_amount: 1,
    remaining_authorized_amount: 1,
    more: {},
    captures: 'x',
  };
  assert.deepEqual(readManagedOrder(order)?.captures, []);
  assert.equal(readManagedOrder({ ...order, remaining_authorized_amount: '1' }), undefined);
  assert.equal(readManagedOrder({ ...order, expires_at: 'soon' })?.expires_at, undefined);
});
