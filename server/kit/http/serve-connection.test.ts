import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { after, test } from 'node:test';
import { startTestServer } from '../../testing/http-server.ts';

type Given = Parameters<typeof startTestServer>[0];
const open: { app: { close(): Promise<unknown> } }[] = [];
after(() => Promise.all(open.map(({ app }) => app.close())));

async function listen(given: Given = {}) {
  const server = await startTestServer(given);
  open.push(server);
  const address = await server.app.listen({ port: 0, host: '127.0.0.1' });
  return { ...server, port: Number(new URL(address).port) };
}

/** Sends bytes as they are, and answers everything that comes until the server ends the connection. */
async function send(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.end(bytes);
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

const large = `GET /health HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`;
const brokenRequests: [string, string, number, string][] = [
  ['text that is not HTTP', 'hello\r\n\r\n', 400, 'request_is_malformed'],
  ['an unknown method', 'FOO / HTTP/1.1\r\nHost: a\r\n\r\n', 400, 'request_is_malformed'],
  ['a header without a name', 'GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n', 400, 'request_is_malformed'],
  [
    'two lengths',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
    400,
    'request_is_malformed',
  ],
  [
    'a length that is none',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n',
    400,
    'request_is_malformed',
  ],
  [
    'a length and chunks',
    'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    400,
    'request_is_malformed',
  ],
  ['large headers', large, 431, 'headers_are_too_large'],
];

for (const [name, bytes, status, code] of brokenRequests) {
  test(`${name} is a problem document`, async () => {
    const { port, logged } = await listen();
    const reply = await send(port, bytes);
    const [head = '', body = ''] = reply.split('\r\n\r\n');
    assert.match(head, new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    assert.match(head, /^Connection: close$/m);
    const problem = JSON.parse(body);
    assert.equal(problem.code, code);
    assert.ok(head.includes(`X-Request-Id: ${problem.requestId}`));
    assert.deepEqual(logged, []);
  });
}

test('a request that does not arrive in time is told so', async () => {
  const { port } = await listen({ limits: { headersMilliseconds: 50, requestMilliseconds: 60 } });
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /health HTTP/1.1\r\nHost: a\r\n');
  const [chunk] = await once(socket, 'data');
  assert.match(String(chunk), /^HTTP\/1\.1 408 .*"request_took_too_long"/s);
});

const order = (body: string, length = body.length, token = 'good') =>
  [
    'POST /capi/v1/order/1 HTTP/1.1',
    'Host: a',
    `Authorization: Bearer ${token}`,
    'Content-Type: application/json',
    `Content-Length: ${length}`,
    '',
    body,
  ].join('\r\n');

test('a caller that leaves gives its place back', async () => {
  const arrived = Promise.withResolvers<void>();
  const { port, admission, app } = await listen({
    work: () => {
      arrived.resolve();
      return new Promise(() => undefined);
    },
  });
  const inWork = await write(port, order('{"work":"x"}'));
  await arrived.promise;
  assert.equal(admission.inFlight(), 1);
  const halfSent = await write(port, order('{"wo', 99));
  await turnsUntil(() => admission.inFlight() === 2);
  inWork.destroy();
  halfSent.destroy();
  await turnsUntil(() => admission.inFlight() === 0);
  assert.equal((await app.inject({ url: '/health' })).statusCode, 200);
});

test('beyond its places the node refuses, new work first, and one publisher before the others', async () => {
  const running: (() => void)[] = [];
  const { port, admission, app } = await listen({
    limits: { inFlight: 10 },
    work: () =>
      new Promise<object>((resolve) => {
        running.push(() => resolve({}));
      }),
  });
  const sockets: Socket[] = [];
  const begin = async (token: string) => {
    const begun = running.length;
    sockets.push(await write(port, order('{"work":"x"}', undefined, token)));
    await turnsUntil(() => running.length === begun + 1);
  };
  const refuse = async (token: string) => {
    const refused = await app.inject({
      method: 'POST',
      url: '/capi/v1/order/1',
      headers: { authorization: `Bearer ${token}` },
      payload: '{"work":"x"}',
    });
    assert.deepEqual([refused.statusCode, refused.json().code], [503, 'temporarily_unavailable']);
    assert.equal(refused.headers['retry-after'], '2');
  };
  for (let calls = 0; calls < 5; calls += 1) await begin('good');
  await refuse('good');
  for (let calls = 0; calls < 2; calls += 1) await begin('second');
  await refuse('second');
  await begin('third');
  await refuse('third');
  assert.equal((await app.inject({ url: '/health' })).statusCode, 200);
  for (const end of running) end();
  for (const socket of sockets) socket.destroy();
  await turnsUntil(() => admission.inFlight() === 0);
  await begin('good');
  for (const socket of sockets) socket.destroy();
  await turnsUntil(() => admission.inFlight() === 0);
});

async function write(port: number, bytes: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

/** Lets the event loop turn until it is so; the runner's own limit ends a wait that never does. */
async function turnsUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
