import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { basic } from '../../testing/oauth.ts';
import { openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

const both = ['original', 'strict'] as const;
const introspect = (site: TestSite, token: string) => place.ask(site, { token }, '/user/oauth/introspect');
const revoke = (site: TestSite, token: string) => place.ask(site, { token }, '/user/oauth/revoke');
const opens = async (token: string) =>
  (await place.call(token, '/capi/v1/customer/profile')).statusCode === 200;

test('a client is told of its own tokens, and of no other', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const tokens = await place.tokens(site, kari);
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      const { active, client_id: clientId, sub, scope, exp } = (await introspect(site, token)).json();
      assert.deepEqual([active, clientId, scope], [true, site.clientId, 'openid email read']);
      assert.match(sub, /^[0-9a-f]{32}$/);
      assert.ok(exp > Date.now() / 1000);
      for (const other of Object.values(place.sites).filter((one) => one !== site)) {
        assert.deepEqual((await introspect(other, token)).json(), { active: false });
      }
    }
  }
  const own = await place.ask(place.sites.original, { grant_type: 'client_credentials' });
  assert.equal((await introspect(place.sites.original, own.json().access_token)).json().active, true);
  for (const token of ['x', 'a.b.c', `${own.json().access_token}x`]) {
    assert.deepEqual((await introspect(place.sites.original, token)).json(), { active: false });
  }
});

test('what has ended is not active', async () => {
  const { original, strict } = place.sites;
  const cookie = await place.logIn('kari@example.com');
  const tokens = await place.tokens(original, cookie);
  const used = await place.tokens(strict, cookie);
  await place.refresh(strict, used.refresh_token);
  assert.equal((await introspect(strict, used.refresh_token)).json().active, false);
  await place.logOut(cookie);
  for (const token of [tokens.access_token, tokens.refresh_token]) {
    assert.deepEqual((await introspect(original, token)).json(), { active: false });
  }
});

test('a revoked access token opens nothing from then on, and the login goes on', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const tokens = await place.tokens(site, kari);
    assert.equal(await opens(tokens.access_token), true);
    assert.equal((await revoke(site, tokens.access_token)).statusCode, 200);
    assert.equal(await opens(tokens.access_token), false);
    const next = (await place.refresh(site, tokens.refresh_token)).json();
    assert.equal(await opens(next.access_token), true);
  }
});

test('a revoked refresh token takes along all that followed from the login', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const [tokens, other] = [await place.tokens(site, kari), await place.tokens(site, kari)];
    assert.equal((await revoke(site, tokens.refresh_token)).statusCode, 200);
    assert.equal((await place.refresh(site, tokens.refresh_token)).json().error, 'invalid_grant');
    assert.equal(await opens(tokens.access_token), false);
    assert.equal(await opens(other.access_token), true);
    assert.equal((await revoke(site, tokens.refresh_token)).statusCode, 200, 'again');
  }
});

test('nobody ends the tokens of another client, and it is answered alike', async () => {
  const { original, strict } = place.sites;
  const tokens = await place.tokens(original, kari);
  for (const token of [tokens.access_token, tokens.refresh_token, 'x', 'a.b.c']) {
    const reply = await revoke(strict, token);
    assert.deepEqual([reply.statusCode, reply.json()], [200, {}]);
  }
  assert.equal(await opens(tokens.access_token), true);
  assert.equal((await place.refresh(original, tokens.refresh_token)).statusCode, 200);
});

test("a client's own token is refused with what ends it", async () => {
  const { original } = place.sites;
  const own = await place.ask(original, { grant_type: 'client_credentials' });
  const reply = await revoke(original, own.json().access_token);
  assert.deepEqual([reply.statusCode, reply.json().error], [400, 'unsupported_token_type']);
  assert.match(reply.json().error_description, /end-tokens/);
});

test('a secret in a JSON body is taken where the token endpoint takes it', async () => {
  const { original } = place.sites;
  const tokens = await place.tokens(original, kari);
  const own = { client_id: original.clientId, client_secret: original.secret };
  const post = (url: string, payload: object) =>
    place.app.http.app.inject({ method: 'POST', url: `/user/oauth/${url}`, payload });
  const fresh = await post('token', { ...own, grant_type: 'client_credentials' });
  assert.equal(fresh.statusCode, 200);
  const asked = { ...own, token: tokens.access_token };
  assert.equal((await post('introspect', asked)).json().active, true);
  assert.equal((await post('introspect', { ...asked, client_secret: 'wrong' })).statusCode, 401);
  assert.equal((await post('revoke', asked)).statusCode, 200);
  assert.deepEqual((await post('introspect', asked)).json(), { active: false });
});

test('who asks about which token is said once, in the body', async () => {
  const { original, strict } = place.sites;
  const token = 'x'.repeat(43);
  const body = { client_id: strict.clientId, client_secret: strict.secret, token };
  const form = new URLSearchParams(body).toString();
  const basicOf = (site: TestSite) => basic(site.clientId, site.secret);
  const cases: [string, string, string, { authorization?: string }, RegExp][] = [
    ['a second token', `${form}&token=y`, '', {}, /token must not be given twice/],
    ['a second client', `${form}&client_id=y`, '', {}, /client_id must not be given twice/],
    ['a second secret', `${form}&client_secret=y`, '', {}, /client_secret must not be given twice/],
    ['a token in the address', form, `?token=${token}`, {}, /token must stand in the body/],
    ['a client in the address', 'token=x', '?client_id=x', basicOf(strict), /client_id must stand in/],
    ['another client in the header', form, '', basicOf(original), /client_secret must be given in one way/],
    [
      'another client without a secret',
      `token=x&client_id=${strict.clientId}`,
      '',
      basicOf(original),
      /client_id differs/,
    ],
    ['no token', form.replace(/&token=x+/, ''), '', {}, /token must be given/],
  ];
  for (const [name, payload, query, headers, words] of cases) {
    for (const path of ['/user/oauth/introspect', '/user/oauth/revoke']) {
      const reply = await place.app.http.app.inject({
        method: 'POST',
        url: path + query,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
        payload,
      });
      assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_request'], name);
      assert.match(reply.json().error_description, words, name);
    }
  }
});

test('who has not proven to be the client learns nothing', async () => {
  const { original } = place.sites;
  const tokens = await place.tokens(original, kari);
  for (const path of ['/user/oauth/introspect', '/user/oauth/revoke']) {
    for (const site of [
      { ...original, secret: 'wrong' },
      { ...original, clientId: 'nobody' },
    ]) {
      const reply = await place.ask(site, { token: tokens.access_token }, path);
      assert.deepEqual([reply.statusCode, reply.json().error], [401, 'invalid_client']);
      assert.match(String(reply.headers['www-authenticate']), /^Basic/);
    }
    const without = await place.ask(original, {}, path);
    assert.deepEqual([without.statusCode, without.json().error], [400, 'invalid_request']);
  }
  assert.equal(await opens(tokens.access_token), true);
});
