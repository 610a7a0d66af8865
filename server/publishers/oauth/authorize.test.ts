import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { answerOf, openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

const both = ['original', 'strict'] as const;

test('with a session the site gets a code at once, at its own address, with its state', async () => {
  for (const name of both) {
    for (const prompt of ['none', 'consent', 'select_account', undefined]) {
      const more = { state: 's 1', scope: 'openid', ...(prompt && { prompt }) };
      const reply = await place.authorize(place.sites[name], more, kari);
      assert.equal(reply.statusCode, 303, reply.body);
      const { code, ...rest } = answerOf(reply);
      assert.ok(code);
      assert.deepEqual(rest, { state: 's 1', iss: `${place.context.settings.publicUrl}/user` });
      assert.ok(String(reply.headers.location).startsWith(`${place.sites[name].redirectUri}?`));
      assert.equal(reply.headers['set-cookie'], undefined);
    }
  }
});

test('without a session the reader is sent to log in, and the address leads back', async () => {
  const { original } = place.sites;
  const reply = await place.authorize(original, { state: 'a b', scope: 'openid', login_hint: 'a@b.no' });
  assert.equal(reply.statusCode, 303);
  const login = new URL(String(reply.headers.location), 'https://x.invalid');
  assert.equal(login.pathname, '/user/login');
  const { clientId, returnUrl, credential } = Object.fromEntries(login.searchParams);
  assert.deepEqual([clientId, credential], [original.clientId, 'a@b.no']);
  assert.ok(returnUrl?.startsWith('/user/oauth/authorize?'));
  const back = await place.visit(returnUrl ?? '', kari);
  assert.equal(answerOf(back)['state'], 'a b');
  assert.ok(answerOf(back)['code']);
});

test('with prompt=none and no session the site is told, and no page is shown', async () => {
  for (const name of both) {
    const reply = await place.authorize(place.sites[name], { state: 'x', prompt: 'none' });
    const { error, state, code } = answerOf(reply);
    assert.deepEqual([reply.statusCode, error, state, code], [303, 'login_required', 'x', undefined]);
  }
});

test('a cookie that is no session of ours is none', async () => {
  for (const cookie of [`__Host-leveret=${'A'.repeat(43)}`, '__Host-leveret=x', '__Host-leveret=']) {
    const reply = await place.authorize(place.sites.original, { prompt: 'none' }, cookie);
    assert.equal(answerOf(reply)['error'], 'login_required', cookie);
    assert.equal(reply.headers['set-cookie'], undefined);
  }
});

test("a session at one publisher is none at another's site", async () => {
  const reply = await place.authorize(place.sites.foreign, { prompt: 'none' }, kari);
  assert.equal(answerOf(reply)['error'], 'login_required');
  const page = await place.authorize(place.sites.foreign, {}, kari);
  assert.match(String(page.headers.location), /^\/user\/login\?/);
});

test('a browser that was logged in elsewhere last is still logged in at each publisher', async () => {
  const { foreign, original } = place.sites;
  const last = await place.logIn('kari@example.com', { clientId: foreign.clientId });
  const own = kari.replace('=', `-${place.client.publisher.publisherId}=`);
  for (const site of [original, foreign]) {
    const reply = await place.authorize(site, { prompt: 'none' }, `${last}; ${own}`);
    assert.ok(answerOf(reply)['code'], site.clientId);
  }
});

test('the code is swapped for tokens that name the reader, the session and how it began', async () => {
  for (const [name, seconds] of [
    ['original', 43_200],
    ['strict', 3600],
  ] as const) {
    const site = place.sites[name];
    const asked = { scope: 'openid email', nonce: 'n' };
    const { code = '' } = answerOf(await place.authorize(site, asked, kari));
    const reply = await place.swap(site, code);
    const { access_token: token, id_token: idToken, refresh_token: refresh, ...rest } = reply.json();
    assert.deepEqual(rest, { token_type: 'Bearer', expires_in: seconds, scope: 'openid email' });
    assert.ok(refresh);
    const claims = decodeJwt(token);
    assert.match(String(claims.sub), /^[0-9a-f]{32}$/);
    assert.deepEqual([claims['client_id'], claims['strength']], [site.clientId, 'code']);
    const { sub, aud, nonce, acr, email, auth_time } = decodeJwt(idToken) as Record<string, unknown>;
    assert.deepEqual(
      [sub, aud, nonce, acr, email, auth_time],
      [claims.sub, site.clientId, 'n', 'code', 'kari@example.com', claims['auth_time']],
    );
  }
});

test('without a scope the token may read, as clients of the original expect', async () => {
  for (const scope of [undefined, '', 'read']) {
    const reply = await place.authorize(place.sites.original, scope === undefined ? {} : { scope }, kari);
    const swapped = await place.swap(place.sites.original, answerOf(reply)['code'] ?? '');
    const { scope: given, id_token: idToken } = swapped.json();
    assert.deepEqual([given, idToken], ['read', undefined]);
  }
});

test('scopes that a reader cannot give are refused, in either profile', async () => {
  for (const name of both) {
    for (const scope of ['banana', 'read banana', 'orders:write', 'openid orders:read']) {
      const reply = await place.authorize(place.sites[name], { scope, state: 'x' }, kari);
      const { error, state } = answerOf(reply);
      assert.deepEqual([error, state], ['invalid_scope', 'x'], `${name} ${scope}`);
    }
  }
});

test('what cannot be told to the site is told on a page, with what to do', async () => {
  const { original, strict } = place.sites;
  const cases: [string, TestSite, Record<string, string>, RegExp][] = [
    ['an unknown client', { ...original, clientId: 'nobody' }, {}, /invalid_client.*npx leveret client list/],
    [
      'an address off the list',
      original,
      { redirect_uri: 'https://evil.no/' },
      /redirect_uri.*returnAddresses/,
    ],
    ['another path, strict', strict, { redirect_uri: 'https://strict.example/other' }, /redirect_uri/],
    [
      'an answer in the address',
      original,
      { redirect_uri: `${original.redirectUri}?code=1` },
      /redirect_uri/,
    ],
    ['an address with a fragment', original, { redirect_uri: `${original.redirectUri}#x` }, /redirect_uri/],
    ['a misspelt parameter', original, { redirect_uri: '', redirect_url: 'x' }, /redirect_ur/],
    ['an answer by form', original, { response_mode: 'form_post' }, /response_mode must be query/],
    ['a long address', original, { state: 'x'.repeat(4000) }, /longer than 4000/],
  ];
  for (const [name, site, more, words] of cases) {
    for (const cookie of [kari, undefined]) {
      const reply = await place.authorize(site, more, cookie);
      assert.equal(reply.statusCode, 400, name);
      assert.equal(reply.headers.location, undefined, name);
      assert.match(String(reply.headers['content-type']), /^text\/html/, name);
      assert.match(reply.body, words, name);
    }
  }
});

test('what the site did wrong is told to it at its address', async () => {
  const { original, strict } = place.sites;
  const cases: [TestSite, Record<string, string>, string][] = [
    [original, { prompt: 'create' }, 'invalid_request'],
    [original, { prompt: 'none login' }, 'invalid_request'],
    [original, { resource: 'https://evil.no/' }, 'invalid_target'],
    [original, { request_uri: 'https://evil.no/' }, 'request_uri_not_supported'],
    [strict, { code_challenge: '' }, 'invalid_request'],
    [strict, { code_challenge_method: 'plain' }, 'invalid_request'],
  ];
  for (const [site, more, error] of cases) {
    const reply = await place.authorize(site, { state: 'x', ...more }, kari);
    assert.deepEqual(
      [answerOf(reply)['error'], answerOf(reply)['state']],
      [error, 'x'],
      JSON.stringify(more),
    );
    assert.ok(String(reply.headers.location).startsWith(site.redirectUri));
  }
});

test('a response type of former days is refused where its answer would stand', async () => {
  const reply = await place.authorize(place.sites.original, { response_type: 'token', state: 'x' }, kari);
  const { hash, search } = new URL(String(reply.headers.location));
  assert.match(hash, /error=unsupported_response_type/);
  assert.equal(search, '');
});

test("the site's own address comes back as it was written", async () => {
  const { original } = place.sites;
  const own = ['?a=b%20c', '?flag', '?x=1&y=%C3%B8', '?a=1+2&', '', '?next=https%3A%2F%2Fa.no%2F%3Fb%3Dc'];
  for (const query of own) {
    const redirect_uri = `${original.redirectUri}${query}`;
    const reply = await place.authorize(original, { redirect_uri, state: 'x' }, kari);
    assert.ok(String(reply.headers.location).startsWith(redirect_uri), String(reply.headers.location));
    const { code = '' } = answerOf(reply);
    assert.equal((await place.swap(original, code, { redirect_uri })).statusCode, 200, query);
  }
});

test('posting comes again as a GET, and asking for the headers alone makes no code', async () => {
  const { app } = place.app.http;
  const { original } = place.sites;
  const form = { client_id: original.clientId, redirect_uri: original.redirectUri, response_type: 'code' };
  const posted = await app.inject({
    method: 'POST',
    url: '/user/oauth/authorize',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie: kari },
    payload: new URLSearchParams(form).toString(),
  });
  assert.equal(posted.statusCode, 303);
  const next = await place.visit(String(posted.headers.location), kari);
  assert.ok(answerOf(next)['code']);
  const codes = 'SELECT 1 AS one FROM oauth_records';
  const before = (await place.rows(codes)).length;
  const url = String(posted.headers.location);
  const headers = await app.inject({ method: 'HEAD', url, headers: { cookie: kari } });
  assert.equal(headers.statusCode, 405);
  assert.equal((await place.rows(codes)).length, before);
});

test('a login that is asked for is made once, and then leads to a code', async () => {
  const { original } = place.sites;
  for (const more of [{ prompt: 'login' }, { max_age: '0', scope: 'openid' }]) {
    const first = await place.authorize(original, { state: 'x', ...more }, kari);
    const returnUrl = new URL(String(first.headers.location), 'https://x.invalid').searchParams.get(
      'returnUrl',
    );
    const again = await place.visit(returnUrl ?? '', kari);
    assert.match(String(again.headers.location), /^\/user\/login\?/, 'the old session will not do');
    await place.advance(1);
    const renewed = await place.logIn('kari@example.com', { former: kari });
    const done = await place.visit(returnUrl ?? '', renewed);
    assert.ok(answerOf(done)['code'], String(done.headers.location));
    const tampered = (returnUrl ?? '').replace(/leveret_since=\d/, 'leveret_since=0');
    assert.match(String((await place.visit(tampered, renewed)).headers.location), /^\/user\/login\?/);
    kari = renewed;
  }
});

test('a site that asks for a code gets none for a session by an old link', async () => {
  const weak = await place.logIn('ola@example.com', { strength: 'link' });
  const { original } = place.sites;
  assert.ok(answerOf(await place.authorize(original, {}, weak))['code']);
  for (const more of [{ strength: 'code' }, { acr_values: 'code', scope: 'openid' }]) {
    const reply = await place.authorize(original, more, weak);
    assert.match(String(reply.headers.location), /^\/user\/login\?/);
    const none = await place.authorize(original, { ...more, prompt: 'none' }, weak);
    assert.equal(answerOf(none)['error'], 'login_required');
  }
  const tokens = await place.tokens(original, weak);
  const strong = await place.logIn('ola@example.com', { former: weak });
  assert.equal(decodeJwt((await place.tokens(original, strong)).access_token)['strength'], 'code');
  const refreshed = await place.refresh(original, tokens.refresh_token);
  assert.equal(decodeJwt(refreshed.json().access_token)['strength'], 'link', 'refreshing never raises it');
});

test('discovery names what a whole node answers, and nothing else', async () => {
  const { app } = place.app.http;
  const found = (await app.inject({ url: '/user/.well-known/openid-configuration' })).json();
  const addresses = Object.entries<unknown>(found).filter(([name]) => /_endpoint$|_uri$/.test(name));
  assert.ok(addresses.length >= 5);
  for (const [name, address] of addresses) {
    const { statusCode } = await app.inject({ url: new URL(String(address)).pathname });
    assert.notEqual(statusCode, 404, name);
  }
});

test('userinfo tells what the scopes of a token open', async () => {
  const cookie = await place.logIn('info@example.com');
  const { app } = place.app.http;
  const cases: [string, string[] | undefined][] = [
    ['openid', ['sub']],
    ['openid email', ['email', 'email_verified', 'sub']],
    ['openid phone read', ['sub']],
    ['read', undefined],
  ];
  for (const [scope, names] of cases) {
    const { access_token: token } = await place.tokens(place.sites.original, cookie, scope);
    for (const method of ['GET', 'POST'] as const) {
      const headers = { authorization: `Bearer ${token}` };
      const reply = await app.inject({ method, url: '/user/oauth/userinfo', headers });
      if (names) assert.deepEqual(Object.keys(reply.json()).sort(), names);
      else assert.deepEqual([reply.statusCode, reply.json().error], [403, 'insufficient_scope']);
    }
  }
  const none = await app.inject({ url: '/user/oauth/userinfo' });
  assert.deepEqual([none.statusCode, none.headers['www-authenticate']], [401, 'Bearer realm="leveret"']);
});
