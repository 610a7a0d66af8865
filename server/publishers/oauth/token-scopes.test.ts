import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { basic, startTestOauth } from '../../testing/oauth.ts';
import { createTestPublisher, type TestPublisher } from '../../testing/publisher.ts';

let node: Awaited<ReturnType<typeof startTestOauth>>;
let original: TestPublisher;
let strict: TestPublisher;
const scopes = ['orders:read', 'access:read'] as const;
before(async () => {
  node = await startTestOauth();
  original = await createTestPublisher(node.database, { client: { scopes } });
  strict = await createTestPublisher(node.database, { client: { scopes, profile: 'strict' } });
});
after(() => node.close());

const all = scopes.join(' ');

/** What is asked for, and the scope of the token, or nothing where it is refused. */
const asked: [string | undefined, { original: string | undefined; strict: string | undefined }][] = [
  [undefined, { original: all, strict: all }],
  ['', { original: all, strict: all }],
  ['read', { original: all, strict: undefined }],
  ['access:read', { original: 'access:read', strict: 'access:read' }],
  ['read access:read', { original: 'access:read', strict: undefined }],
  ['banana', { original: undefined, strict: undefined }],
  ['read banana', { original: undefined, strict: undefined }],
  ['access:read banana', { original: undefined, strict: undefined }],
  ['order:read', { original: undefined, strict: undefined }],
  ['orders:write', { original: undefined, strict: undefined }],
];

function ask(client: { clientId: string; secret: string }, scope: string | undefined) {
  return node.app.inject({
    method: 'POST',
    url: '/user/oauth/token',
    headers: { 'content-type': 'application/json', ...basic(client.clientId, client.secret) },
    payload: { grant_type: 'client_credentials', scope: scope ?? null },
  });
}

for (const [scope, wanted] of asked) {
  test(`the scope ${scope ?? 'left out'}`, async () => {
    for (const [client, given] of [
      [original, wanted.original],
      [strict, wanted.strict],
    ] as const) {
      const reply = await ask(client, scope);
      const { error, scope: got } = reply.json();
      assert.deepEqual([reply.statusCode, error ?? got], given ? [200, given] : [400, 'invalid_scope']);
    }
  });
}

for (const name of ['scop', 'Scope', 'scopes', 'socpe', 'SCOPE']) {
  test(`a misspelt scope, ${name}, gets no token, wherever it stands`, async () => {
    for (const client of [original, strict]) {
      const headers = basic(client.clientId, client.secret);
      const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
      const fields = { grant_type: 'client_credentials', [name]: 'access:read' };
      const url = '/user/oauth/token';
      for (const request of [
        { url, headers: form, payload: new URLSearchParams(fields).toString() },
        { url, headers, payload: fields },
        { url: `${url}?${name}=access:read`, headers: form, payload: 'grant_type=client_credentials' },
      ]) {
        const reply = await node.app.inject({ method: 'POST', ...request });
        assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_request'], request.url);
      }
    }
  });
}

test('an empty scope is as one that is left out, wherever it stands (RFC 6749, 3.2)', async () => {
  for (const client of [original, strict]) {
    const headers = basic(client.clientId, client.secret);
    const form = { 'content-type': 'application/x-www-form-urlencoded', ...headers };
    const url = '/user/oauth/token';
    const requests = [{ url, headers: form, payload: 'grant_type=client_credentials&scope=' }];
    if (client === original)
      requests.push({ url: `${url}?scope=`, headers: form, payload: 'grant_type=client_credentials' });
    for (const request of requests) {
      const reply = await node.app.inject({ method: 'POST', ...request });
      assert.deepEqual([reply.statusCode, reply.json().scope], [200, all], request.url);
    }
  }
});

test('a scope of spaces alone is neither left out nor a scope', async () => {
  for (const client of [original, strict])
    for (const scope of [' ', '   ', '\t']) {
      const reply = await ask(client, scope);
      assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_request']);
      assert.match(reply.json().error_description, /^scope names nothing/);
    }
});

test('another parameter that is not known is passed over', async () => {
  const fields = { grant_type: 'client_credentials', audience: 'orders', testing: '1' };
  const headers = basic(original.clientId, original.secret);
  const reply = await node.app.inject({ method: 'POST', url: '/user/oauth/token', headers, payload: fields });
  assert.deepEqual([reply.statusCode, reply.json().scope], [200, all]);
});

test('who does not know the secret does not learn from a scope whether a client exists', async () => {
  for (const clientId of [original.clientId, 'nobody']) {
    const { error } = (await ask({ clientId, secret: 'wrong' }, 'banana')).json();
    assert.equal(error, 'invalid_client');
  }
});
