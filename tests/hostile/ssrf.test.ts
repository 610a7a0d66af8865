import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { after, afterEach, before, test } from 'node:test';
import type { TLSSocket } from 'node:tls';
import { type AddressGuard, createAddressGuard } from '@leveret/server/kit/address-guard.js';
import { createHttpClient } from '@leveret/server/kit/http-client.js';
import { hostileAnswers, hostileHosts, hostileUrls } from './hostile-addresses.ts';
import { shopCertificate } from './shop-certificate.ts';

/** A public site's part is played by one loopback address that the guard is told to allow. */
const siteAddress = '127.9.9.9';
const tripwireAddresses = ['127.0.0.1', '::1', '127.0.0.2', '127.1.2.3'];

let port = 0;
let hits = 0;
let tried = 0;
const servers: Server[] = [];
let answer = (_request: IncomingMessage, response: ServerResponse): void => void response.end('site');

async function listen(server: Server, address: string, at: number): Promise<number> {
  server.listen(at, address);
  await once(server, 'listening');
  servers.push(server);
  return (server.address() as AddressInfo).port;
}

before(async () => {
  // Every listener has the same port, so that only the address stands between a request and a tripwire.
  for (const address of tripwireAddresses) {
    const tripwire = createServer((socket) => {
      hits += 1;
      socket.destroy();
    });
    port = await listen(tripwire, address, port);
  }
  await listen(
    createHttpServer((request, response) => answer(request, response)),
    siteAddress,
    port,
  );
});

after(() => {
  for (const server of servers) server.close();
  console.log(`hostile addresses tried: ${tried}, tripwire hits: ${hits}`);
});

afterEach(() => assert.equal(hits, 0));

type Answers = readonly string[] | (() => readonly string[] | Promise<readonly string[]>);

function liveGuard(answers: Answers): AddressGuard {
  return createAddressGuard({
    allowLoopback: false,
    blockedCidrs: [],
    allowedCidrs: [`${siteAddress}/32`],
    resolve: typeof answers === 'function' ? answers : async () => answers,
  });
}

function liveClient(guard: AddressGuard, maxInFlight = 64) {
  return createHttpClient({
    name: 'hostile',
    guard,
    connectTimeoutMilliseconds: 500,
    totalTimeoutMilliseconds: 2000,
    maxInFlight,
    maxQueued: 1000,
    maxResponseBytes: 10_000,
    trustedCertificates: [shopCertificate.cert],
  });
}

/** Sends with rules that leave nothing to refuse but the address itself. */
async function send(guard: AddressGuard, url: string, client = liveClient(guard)) {
  tried += 1;
  const rules = { allowHttp: true, ports: [port, securePort] };
  return client.of({ publisherId: 1 }).send({ method: 'POST', url, body: 'x', rules });
}

let securePort = 0;

async function assertRefused(guard: AddressGuard, url: string): Promise<void> {
  const outcome = await send(guard, url);
  assert.equal(
    outcome.kind === 'not_sent' && outcome.reason,
    'address_blocked',
    `${url} ${JSON.stringify(outcome)}`,
  );
}

test('the tripwires work', async () => {
  for (const address of tripwireAddresses) {
    await once(
      connect(port, address).on('error', () => undefined),
      'close',
    );
  }
  assert.equal(hits, tripwireAddresses.length);
  hits = 0;
});

test('no spelling of a host leads inside', async () => {
  // A name that no rule knows is resolved, here to a tripwire.
  const guard = liveGuard(['127.0.0.1']);
  for (const host of new Set(hostileHosts)) {
    await assertRefused(guard, `http://${host}:${port}/`);
    await assertRefused(guard, `https://${host}:${port}/`);
  }
});

test('no address that tells two parsers two things is sent to', async () => {
  const urls = hostileUrls(port);
  for (const url of urls) await assertRefused(liveGuard(['127.0.0.1']), url);
});

test('no name with a bad address is connected to, alone, first, or last of several', async () => {
  for (const bad of hostileAnswers) {
    for (const answers of [[bad], [siteAddress, bad], [bad, siteAddress], [siteAddress, siteAddress, bad]]) {
      await assertRefused(liveGuard(answers), `http://shop.example.no:${port}/`);
      await assertRefused(
        liveGuard(() => answers),
        `http://shop.example.no:${port}/`,
      );
    }
  }
});

test('a name that changes its address after it was checked is refused when connecting', async () => {
  for (const bad of ['127.0.0.1', '::1', '127.0.0.2', '::ffff:127.0.0.1', '0.0.0.0']) {
    let asked = 0;
    const guard = liveGuard(() => (asked++ === 0 ? [siteAddress] : [bad]));
    assert.equal((await guard.checkHost('shop.example.no')).ok, true);
    await assertRefused(guard, `http://shop.example.no:${port}/`);
  }
});

test('a name is asked once per connection, so that nothing can change in between', async () => {
  let asked = 0;
  const guard = liveGuard(() => (asked++ % 2 === 0 ? [siteAddress] : ['127.0.0.1']));
  const outcome = await send(guard, `http://shop.example.no:${port}/`);
  assert.deepEqual([outcome.kind, asked], ['answered', 1]);
});

test('a kept connection stays with the checked address, the next one is checked again', async () => {
  let address = siteAddress;
  const guard = liveGuard(() => [address]);
  const client = liveClient(guard, 1);
  const url = `http://shop.example.no:${port}/`;
  assert.equal((await send(guard, url, client)).kind, 'answered');
  address = '127.0.0.1';
  answer = (_request, response) => void response.setHeader('connection', 'close').end('last');
  const kept = await send(guard, url, client);
  assert.ok(kept.kind === 'answered' && kept.body === 'last');
  const next = await send(guard, url, client);
  assert.equal(next.kind === 'not_sent' && next.reason, 'address_blocked');
  await client.close();
});

test('no redirect is followed', async () => {
  const targets = [
    `http://127.0.0.1:${port}/`,
    `//127.0.0.1:${port}/`,
    `http://localhost:${port}/`,
    `http://[::1]:${port}/`,
  ];
  for (const status of [300, 301, 302, 303, 307, 308]) {
    for (const location of targets) {
      answer = (_request, response) =>
        void response
          .writeHead(status, { location, refresh: `0;url=${location}`, link: `<${location}>` })
          .end();
      const outcome = await send(liveGuard([siteAddress]), `http://shop.example.no:${port}/`);
      assert.equal(outcome.kind === 'answered' && outcome.status, status);
    }
  }
});

test('neither a proxy in the environment nor a host header changes where a request goes', async () => {
  const names = [
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'ALL_PROXY',
    'http_proxy',
    'https_proxy',
    'all_proxy',
    'NODE_USE_ENV_PROXY',
  ];
  for (const name of names) process.env[name] = name.startsWith('NODE') ? '1' : `http://127.0.0.1:${port}`;
  answer = (request, response) => void response.end(request.headers.host);
  const client = liveClient(liveGuard([siteAddress]));
  const outcome = await client.of({ publisherId: 1 }).send({
    method: 'GET',
    url: `http://shop.example.no:${port}/`,
    headers: { Host: `127.0.0.1:${port}` },
    rules: { allowHttp: true, ports: [port] },
  });
  for (const name of names) delete process.env[name];
  assert.equal(outcome.kind === 'answered' && outcome.body, `shop.example.no:${port}`);
});

test('the address that was really reached is checked before anything is sent', async () => {
  const secret = Promise.withResolvers<string>();
  const listener = createServer((socket) => {
    let received = '';
    socket.on('data', (chunk) => (received += chunk.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => secret.resolve(received));
  });
  const listening = await listen(listener, '127.0.0.1', 0);
  const honest = liveGuard([siteAddress]);
  const fooled: AddressGuard = { ...honest, checkHost: async () => ({ ok: true, addresses: ['127.0.0.1'] }) };
  tried += 1;
  const outcome = await liveClient(fooled)
    .of({ publisherId: 1 })
    .send({
      method: 'POST',
      url: `http://shop.example.no:${listening}/`,
      body: 'x',
      rules: { allowHttp: true, ports: [listening] },
    });
  assert.deepEqual(outcome, { kind: 'not_sent', reason: 'address_blocked', detail: 'loopback' });
  assert.equal(await secret.promise, '');
});

test('a literal address is checked when connecting, also with the URL unchecked', async () => {
  const forgetful: AddressGuard = { ...liveGuard([]), checkUrl: (url) => ({ ok: true, url: new URL(url) }) };
  for (const host of [
    '127.0.0.1',
    '[::1]',
    '127.1',
    '0x7f.1',
    '2130706433',
    '127.0.0.2',
    '[::ffff:7f00:1]',
  ]) {
    await assertRefused(forgetful, `http://${host}:${port}/`);
  }
});

test('live rules without exceptions: https on 443 alone', async () => {
  const client = liveClient(liveGuard([siteAddress]));
  for (const url of [
    `http://shop.example.no:${port}/`,
    'http://shop.example.no/',
    `https://shop.example.no:${port}/`,
  ]) {
    tried += 1;
    const outcome = await client.of({ publisherId: 1 }).send({ method: 'GET', url });
    assert.equal(outcome.kind === 'not_sent' && outcome.reason, 'address_blocked', url);
  }
});

test('what is legitimate passes', async () => {
  answer = (request, response) => void response.end(`${request.headers.host}${request.url}`);
  const hosts = [
    'shop.example.no',
    'a.b.c.example.no',
    'blåbær.example.no',
    'xn--blbr-roah.example.no',
    siteAddress,
  ];
  for (const host of hosts) {
    for (const path of [
      '/',
      '/callback?order=1&x=%20',
      '/p%C3%A5',
      '/?u=http://127.0.0.1/',
      '/a@b',
      '/127.0.0.1',
    ]) {
      const outcome = await send(liveGuard([siteAddress]), `http://${host}:${port}${path}`);
      const shown = new URL(`http://${host}/`).hostname;
      assert.equal(outcome.kind === 'answered' && outcome.body, `${shown}:${port}${path}`, host + path);
    }
  }
});

test('TLS asks for the name and trusts no other', async () => {
  const secure = createHttpsServer(shopCertificate, (request, response) => {
    response.end(
      `${(request.socket as TLSSocket & { servername?: string }).servername} ${request.headers.host}`,
    );
  });
  securePort = await listen(secure, siteAddress, 0);
  const outcome = await send(liveGuard([siteAddress]), `https://shop.example.no:${securePort}/`);
  assert.equal(outcome.kind === 'answered' && outcome.body, `shop.example.no shop.example.no:${securePort}`);
  const other = await send(liveGuard([siteAddress]), `https://other.example.no:${securePort}/`);
  assert.deepEqual(other, { kind: 'not_sent', reason: 'tls_failed', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
});

test('at least 300 hostile addresses were tried', () => assert.ok(tried >= 300, String(tried)));
