import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { advanceClock } from '../../database/clock.ts';
import { basic, startTestNode, startTestOauth, testPublicUrl } from '../../testing/oauth.ts';
import { createTestPublisher, type TestPublisher } from '../../testing/publisher.ts';
import { clientScopes } from '../client-settings.ts';
import { demoClientId, demoClientSecret } from '../demo-client.ts';
import { revokeClientTokens } from '../revoke-client-tokens.ts';
import { rotateClientSecret } from '../rotate-client-secret.ts';
import { seedDemoPublisher } from '../seed-demo-publisher.ts';

let node: Awaited<ReturnType<typeof startTestOauth>>;
let strict: TestPublisher;
before(async () => {
  node = await startTestOauth();
  await seedDemoPublisher(node);
  strict = await createTestPublisher(node.database, { client: { profile: 'strict' } });
});
after(() => node.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const demo = basic(demoClientId, demoClientSecret);
const grant = 'grant_type=client_credentials';
const inBody = `${grant}&client_id=${demoClientId}&client_secret=${demoClientSecret}`;

function ask(payload: string | Buffer, headers: Record<string, string> = {}, url = '/user/oauth/token') {
  return node.app.inject({ method: 'POST', url, headers: { ...form, ...headers }, payload });
}

async function tokenOf(client: { clientId: string; secret: string }): Promise<string> {
  const reply = await ask(grant, basic(client.clientId, client.secret));
  assert.equal(reply.statusCode, 200, reply.body);
  return reply.json().access_token;
}

function me(token: string, at = node) {
  return at.app.inject({ url: '/capi/me', headers: { authorization: `Bearer ${token}` } });
}

const ways: [string, () => ReturnType<typeof ask>][] = [
  ['HTTP Basic', () => ask(grant, demo)],
  ['fields of the form', () => ask(inBody)],
  ['the alias of the base', () => ask(grant, demo, '/login/oauth/token')],
  ['the address alone', () => ask('', {}, `/user/oauth/token?${inBody}`)],
  ['the address and Basic', () => ask('', demo, `/user/oauth/token?${grant}`)],
  [
    'a JSON body',
    () =>
      ask(JSON.stringify(Object.fromEntries(new URLSearchParams(inBody))), {
        'content-type': 'application/json',
      }),
  ],
];

for (const [name, request] of ways) {
  test(`a token by ${name}`, async () => {
    const reply = await request();
    assert.equal(reply.statusCode, 200, reply.body);
    const { access_token: token, ...rest } = reply.json();
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: 43_200, scope: clientScopes.join(' ') });
    assert.equal(reply.headers['cache-control'], 'no-store');
    assert.match(String(reply.headers['x-request-id']), /^req_/);
    assert.equal((await me(token)).json().clientId, demoClientId);
  });
}

test('an access token is what RFC 9068 says, with our addresses', async () => {
  const token = await tokenOf({ clientId: demoClientId, secret: demoClientSecret });
  assert.deepEqual({ ...decodeProtectedHeader(token), kid: '' }, { alg: 'EdDSA', typ: 'at+jwt', kid: '' });
  const { iss, aud, sub, client_id: clientId } = decodeJwt(token);
  assert.deepEqual([iss, aud], [`${testPublicUrl}/user`, `${testPublicUrl}/capi`]);
  assert.deepEqual([sub, clientId], [demoClientId, demoClientId]);
});

const refusals: [string, () => ReturnType<typeof ask>, number, string][] = [
  ['a wrong secret', () => ask(grant, basic(demoClientId, 'wrong')), 401, 'invalid_client'],
  ['an unknown client', () => ask(grant, basic('nobody', 'wrong')), 401, 'invalid_client'],
  [
    'the placeholder of the secret',
    () => ask(grant, basic(demoClientId, 'kept as a hash')),
    401,
    'invalid_client',
  ],
  ['no client at all', () => ask(grant), 400, 'invalid_request'],
  ['another grant', () => ask('grant_type=password', demo), 400, 'unsupported_grant_type'],
  ['a repeated parameter', () => ask(`${grant}&${grant}`, demo), 400, 'invalid_request'],
  [
    'a body of another type',
    () => ask('x', { ...demo, 'content-type': 'text/plain' }),
    400,
    'invalid_request',
  ],
  ['JSON that is none', () => ask('{', { 'content-type': 'application/json' }), 400, 'invalid_request'],
  ['JSON of another shape', () => ask('[1]', { 'content-type': 'application/json' }), 400, 'invalid_request'],
  [
    'JSON fields of other types',
    () => ask('{"scope":[]}', { 'content-type': 'application/json' }),
    400,
    'invalid_request',
  ],
  ['bytes that are not UTF-8', () => ask(Buffer.from([0xff, 0xfe]), demo), 400, 'invalid_request'],
];

for (const [name, request, status, error] of refusals) {
  test(`no token for ${name}`, async () => {
    const reply = await request();
    assert.deepEqual([reply.statusCode, reply.json().error], [status, error], reply.body);
    assert.equal(typeof reply.json().error_description, 'string');
  });
}

test('another method than the one there is answers 405 and says which', async () => {
  for (const [method, url, allow] of [
    ['GET', '/user/oauth/token', 'POST'],
    ['GET', '/login/oauth/token', 'POST'],
    ['POST', '/user/oauth/jwks', 'GET, HEAD'],
  ] as const) {
    const reply = await node.app.inject({ method, url });
    assert.deepEqual([reply.statusCode, reply.headers.allow], [405, allow], `${method} ${url}`);
  }
});

test('nobody learns from a refusal whether a client exists', async () => {
  const [wrong, unknown] = [
    await ask(grant, basic(demoClientId, 'x')),
    await ask(grant, basic('nobody', 'x')),
  ];
  assert.equal(wrong.body, unknown.body);
  assert.equal(wrong.headers['www-authenticate'], unknown.headers['www-authenticate']);
});

test('the strict profile gives an hour, and takes nothing from the address', async () => {
  const headers = basic(strict.clientId, strict.secret);
  assert.equal((await ask(grant, headers)).json().expires_in, 3600);
  assert.equal((await ask('', headers, `/user/oauth/token?${grant}`)).json().error, 'invalid_request');
});

test('a token carries only the scopes that were asked for', async () => {
  const { access_token: token, scope } = (await ask(`${grant}&scope=access:read`, demo)).json();
  assert.equal(scope, 'access:read');
  const reply = await me(token);
  assert.deepEqual([reply.statusCode, reply.json().error], [403, 'insufficient_scope']);
});

test('discovery and keys show our addresses, whatever host the caller names', async () => {
  const headers = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
  const reply = await node.app.inject({ url: '/user/.well-known/openid-configuration', headers });
  const { issuer, token_endpoint: tokenEndpoint, jwks_uri: keys } = reply.json();
  assert.deepEqual(
    [issuer, tokenEndpoint, keys],
    ['', '/oauth/token', '/oauth/jwks'].map((path) => `${testPublicUrl}/user${path}`),
  );
  const addresses = JSON.stringify(reply.json()).match(/https?:[^"]+/g) ?? [];
  // The page to log out is of the accounts; a whole node has it, and its own test.
  for (const address of addresses.filter((one) => one !== issuer && !one.endsWith('/user/logout'))) {
    const { pathname } = new URL(address);
    const { statusCode } = await node.app.inject({ url: pathname, headers });
    assert.notEqual(statusCode, 404, pathname);
  }
  const jwks = (await node.app.inject({ url: '/user/oauth/jwks', headers })).json();
  assert.deepEqual(Object.keys(jwks.keys[0]).includes('d'), false);
});

test('failures shut out the client at the address, and nobody else', async () => {
  const other = await createTestPublisher(node.database);
  const third = await createTestPublisher(node.database);
  node.passMilliseconds(60_000);
  for (let failure = 0; failure < 20; failure += 1) {
    assert.equal((await ask(grant, basic(other.clientId, 'old secret'))).statusCode, 401);
  }
  const shut = await ask(grant, basic(other.clientId, other.secret));
  assert.deepEqual([shut.statusCode, shut.headers['retry-after']], [429, '1']);
  assert.equal((await ask(grant, basic(third.clientId, third.secret))).statusCode, 200);
  node.passMilliseconds(1000);
  assert.equal((await ask(grant, basic(other.clientId, other.secret))).statusCode, 200);
});

test('a token ends when its time is over by the database clock, and a new one is good then', async () => {
  const own = await startTestOauth();
  try {
    const client = await createTestPublisher(own.database);
    const headers = { ...form, ...basic(client.clientId, client.secret) };
    const get = async () =>
      (await own.app.inject({ method: 'POST', url: '/user/oauth/token', headers, payload: grant })).json()
        .access_token;
    const token = await get();
    assert.equal((await me(token, own)).statusCode, 200);
    await advanceClock(own.database, 12 * 3_600_000 - 5000);
    await own.publishers.refresh();
    assert.equal((await me(token, own)).statusCode, 200);
    await advanceClock(own.database, 6000);
    await own.publishers.refresh();
    const ended = await me(token, own);
    assert.deepEqual([ended.statusCode, ended.json().error], [401, 'invalid_token']);
    assert.match(String(ended.headers['www-authenticate']), /^Bearer realm="leveret", error="invalid_token"/);
    assert.equal((await me(await get(), own)).statusCode, 200);
  } finally {
    await own.close();
  }
});

test('a revocation holds at once here, and within five seconds on another node', async () => {
  const client = await createTestPublisher(node.database);
  const other = await startTestNode(node.shared);
  try {
    const token = await tokenOf(client);
    assert.equal((await me(token)).statusCode, 200);
    assert.equal((await me(token, { ...node, ...other })).statusCode, 200);
    assert.equal(await revokeClientTokens(node, strict.publisherId, client.clientId), false);
    assert.equal(await revokeClientTokens(node, client.publisherId, client.clientId), true);
    assert.equal((await me(token)).statusCode, 401);
    other.passMilliseconds(5001);
    assert.equal((await me(token, { ...node, ...other })).statusCode, 401);
    assert.equal((await me(await tokenOf(client))).statusCode, 200);
  } finally {
    await other.close();
  }
});

test('two secrets work while one is replaced, and never three', async () => {
  const client = await createTestPublisher(node.database);
  const works = async (secret: string) =>
    (await ask(grant, basic(client.clientId, secret))).statusCode === 200;
  const rotate = async () => {
    const rotated = await rotateClientSecret(node, client.publisherId, client.clientId, 1);
    await node.publishers.refresh();
    assert.ok(rotated);
    return rotated.secret;
  };
  assert.equal(await rotateClientSecret(node, strict.publisherId, client.clientId), undefined);
  const second = await rotate();
  assert.deepEqual([await works(client.secret), await works(second)], [true, true]);
  const third = await rotate();
  assert.deepEqual(
    [await works(client.secret), await works(second), await works(third)],
    [false, true, true],
  );
  await advanceClock(node.database, 3_600_001);
  await node.publishers.refresh();
  assert.deepEqual([await works(second), await works(third)], [false, true]);
});

test('in live mode the demo client gets no token, even where its row is left', async () => {
  const live = await startTestNode(node.shared, 'live');
  try {
    const headers = { ...form, ...demo };
    const reply = await live.app.inject({
      method: 'POST',
      url: '/user/oauth/token',
      headers,
      payload: grant,
    });
    assert.deepEqual([reply.statusCode, reply.json().error], [401, 'invalid_client']);
  } finally {
    await live.close();
  }
});
