import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { test } from 'node:test';
import { client, serve, serveTcp, sharedClient } from '../testing/http-client.ts';
import type { ResolveHost } from './resolve-host.ts';

test('an answer comes with its status, headers and body', async (t) => {
  const host = await serve(t, (request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      response.setHeader('x-two', ['a', 'b']).setHeader('set-cookie', 'session=1').writeHead(201);
      response.end(
        JSON.stringify({ method: request.method, url: request.url, body, headers: request.headers }),
      );
    });
  });
  const outcome = await client(t).send({
    method: 'POST',
    url: `http://${host}/a/b?c=d%20e`,
    headers: {
      'Content-Type': 'text/plain',
      Host: 'other.example.no',
      Cookie: 'a=b',
      'Transfer-Encoding': 'x',
    },
    body: 'blåbær',
  });
  assert.ok(outcome.kind === 'answered');
  const seen = JSON.parse(outcome.body) as Record<string, unknown> & { headers: Record<string, string> };
  assert.deepEqual([outcome.status, outcome.truncated, outcome.headers['x-two']], [201, false, 'a, b']);
  assert.equal(outcome.headers['set-cookie'], undefined);
  assert.deepEqual([seen['method'], seen['url'], seen['body']], ['POST', '/a/b?c=d%20e', 'blåbær']);
  assert.deepEqual(seen.headers, {
    host,
    connection: 'keep-alive',
    'user-agent': 'Leveret',
    'content-type': 'text/plain',
    'content-length': '8',
  });
});

test('a redirect is an answer, not followed', async (t) => {
  let calls = 0;
  const host = await serve(t, (_request, response) => {
    calls += 1;
    response.writeHead(302, { location: `http://${host}/elsewhere` }).end();
  });
  const outcome = await client(t).send({ method: 'GET', url: `http://${host}/` });
  assert.ok(outcome.kind === 'answered');
  assert.deepEqual([outcome.status, calls], [302, 1]);
});

test('a body is read up to the limit, and the connection is dropped', { timeout: 10_000 }, async (t) => {
  const closed = Promise.withResolvers<void>();
  const host = await serve(t, (_request, response) => {
    response.on('close', closed.resolve);
    const pour = () => {
      while (!response.destroyed && response.write('x'.repeat(4096)));
    };
    response.on('drain', pour);
    pour();
  });
  const outcome = await client(t).send({ method: 'GET', url: `http://${host}/` });
  assert.ok(outcome.kind === 'answered');
  assert.deepEqual([outcome.truncated, outcome.body.length], [true, 1000]);
  await closed.promise;
});

test('a body of exactly the limit is whole', async (t) => {
  const host = await serve(t, (_request, response) => response.end('x'.repeat(1000)));
  const outcome = await client(t).send({ method: 'GET', url: `http://${host}/` });
  assert.ok(outcome.kind === 'answered' && !outcome.truncated && outcome.body.length === 1000);
});

test('written but not answered in time is unknown, as is an answer that does not end', async (t) => {
  const silent = await serve(t, () => undefined);
  const slow = await serve(t, (_request, response) => response.writeHead(200).write('a'));
  const hasty = client(t, { totalTimeoutMilliseconds: 200 });
  assert.deepEqual(await hasty.send({ method: 'POST', url: `http://${silent}/`, body: 'x' }), {
    kind: 'unknown',
    reason: 'timeout',
    detail: 'no answer',
  });
  assert.deepEqual(await hasty.send({ method: 'POST', url: `http://${slow}/`, body: 'x' }), {
    kind: 'unknown',
    reason: 'timeout',
    detail: 'answer cut short',
  });
});

test('a connection lost after the request was written is unknown', async (t) => {
  const replies = ['', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc', 'no http at all\r\n\r\n'];
  for (const reply of replies) {
    const host = await serveTcp(t, (socket) => socket.once('data', () => socket.end(reply)));
    const outcome = await client(t).send({ method: 'POST', url: `http://${host}/`, body: 'x' });
    assert.equal(outcome.kind === 'unknown' && outcome.reason, 'connection_lost', reply);
  }
});

test('a request is written once, also when its kept connection is lost', async (t) => {
  let requests = 0;
  const host = await serveTcp(t, (socket) => {
    socket.on('data', () => {
      requests += 1;
      if (requests === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else socket.destroy();
    });
  });
  const kept = client(t, { maxInFlight: 1 });
  assert.equal((await kept.send({ method: 'POST', url: `http://${host}/`, body: 'x' })).kind, 'answered');
  assert.equal((await kept.send({ method: 'POST', url: `http://${host}/`, body: 'x' })).kind, 'unknown');
  assert.equal(requests, 2);
});

test('a refused connection was not sent', async (t) => {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const outcome = await client(t).send({ method: 'GET', url: `http://127.0.0.1:${port}/` });
  assert.deepEqual(outcome, { kind: 'not_sent', reason: 'connect_failed', detail: 'ECONNREFUSED' });
});

test('a host without an address was not sent, a resolver that fails neither', async (t) => {
  const send = (resolve: ResolveHost) =>
    client(t, { resolve }).send({ method: 'GET', url: 'http://shop.example.no/' });
  const expected = { kind: 'not_sent', reason: 'dns_failed', detail: 'no_address' };
  assert.deepEqual(await send(() => []), expected);
  assert.deepEqual(await send(() => Promise.reject(new Error('SERVFAIL'))), expected);
});

test('a connection that is not made in time was not sent, and is not used later', async (t) => {
  let requests = 0;
  const host = await serve(t, (_request, response) => {
    requests += 1;
    response.end();
  });
  const port = host.split(':')[1];
  const answer = Promise.withResolvers<string[]>();
  const asked = Promise.withResolvers<void>();
  const waiting = client(t, {
    totalTimeoutMilliseconds: 150,
    connectTimeoutMilliseconds: 3000,
    maxInFlight: 1,
    resolve: (name) => {
      if (name === 'ready.example.no') return ['127.0.0.1'];
      asked.resolve();
      return answer.promise;
    },
  });
  const outcome = waiting.send({ method: 'POST', url: `http://slow.example.no:${port}/`, body: 'x' });
  await asked.promise;
  assert.deepEqual(await outcome, { kind: 'not_sent', reason: 'connect_failed', detail: 'deadline' });
  answer.resolve(['127.0.0.1']);
  for (let call = 0; call < 3; call += 1) {
    const later = await waiting.send({ method: 'GET', url: `http://ready.example.no:${port}/` });
    assert.equal(later.kind, 'answered');
  }
  assert.equal(requests, 3);
});

test('the time to connect has its own limit', async (t) => {
  const waiting = client(t, { connectTimeoutMilliseconds: 100, resolve: () => new Promise(() => undefined) });
  const outcome = await waiting.send({ method: 'GET', url: 'http://slow.example.no/' });
  assert.deepEqual(outcome, {
    kind: 'not_sent',
    reason: 'connect_failed',
    detail: 'UND_ERR_CONNECT_TIMEOUT',
  });
});

test('plain text where TLS is expected was not sent', async (t) => {
  const host = await serveTcp(t, (socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
  );
  const outcome = await client(t).send({ method: 'GET', url: `https://${host}/` });
  assert.equal(outcome.kind === 'not_sent' && outcome.reason, 'tls_failed');
});

test('a request that cannot be written is a defect of ours and throws', async (t) => {
  const host = await serve(t, (_request, response) => response.end());
  const send = client(t).send({ method: 'GET', url: `http://${host}/`, headers: { 'x-a': 'b\r\nc: d' } });
  await assert.rejects(send, { name: 'InvalidArgumentError' });
});

test('what is under way when the client closes ends as unknown', async (t) => {
  const arrived = Promise.withResolvers<void>();
  const host = await serve(t, () => arrived.resolve());
  const shared = sharedClient(t);
  const made = shared.of({ publisherId: 1 });
  const outcome = made.send({ method: 'GET', url: `http://${host}/` });
  await arrived.promise;
  await shared.close();
  assert.equal((await outcome).kind, 'unknown');
  assert.equal((await made.send({ method: 'GET', url: `http://${host}/` })).kind, 'not_sent');
});
