import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { decodeJwt } from 'jose';
import { answerOf, openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';
import { revokeClientTokens } from '../revoke-client-tokens.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

const both = ['original', 'strict'] as const;
const days = (count: number) => place.advance(count * 86_400);

async function introspect(site: TestSite, token: string) {
  return (await place.ask(site, { token }, '/user/oauth/introspect')).json();
}

/** Whether the token gives another access token. */
async function refreshes(site: TestSite, token: string): Promise<boolean> {
  const reply = await place.refresh(site, token);
  if (reply.statusCode !== 200) assert.equal(reply.json().error, 'invalid_grant', reply.body);
  return reply.statusCode === 200;
}

test('nobody who reads the database finds a token there', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const { code = '' } = answerOf(await place.authorize(site, { scope: 'openid', nonce: 'n' }, kari));
    const tokens = await place.tokens(site, kari);
    const rows = await place.rows<{ row: string }>('SELECT oauth_records::text AS row FROM oauth_records');
    assert.ok(rows.length >= 2);
    for (const { row } of rows)
      for (const token of [code, tokens.refresh_token]) assert.ok(!row.includes(token), name);
    assert.equal((await place.swap(site, code)).statusCode, 200);
    assert.equal(await refreshes(site, tokens.refresh_token), true);
  }
});

test('what ends with the tokens of a client: also what readers gave it, and codes that are not swapped', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const other = place.sites[name === 'strict' ? 'original' : 'strict'];
    const [mine, others] = [await place.tokens(site, kari), await place.tokens(other, kari)];
    const { code = '' } = answerOf(await place.authorize(site, {}, kari));
    const { publisherId } = place.client.publisher;
    assert.equal(await revokeClientTokens(place.context, publisherId, site.clientId), true);
    assert.equal(await refreshes(site, mine.refresh_token), false);
    assert.equal((await place.swap(site, code)).json().error, 'invalid_grant');
    assert.equal((await place.call(mine.access_token, '/capi/v1/customer/profile')).statusCode, 401);
    for (const token of [mine.refresh_token, mine.access_token])
      assert.deepEqual(await introspect(site, token), { active: false });
    assert.equal(await refreshes(other, others.refresh_token), true);
    const anew = await place.tokens(site, kari);
    assert.equal((await place.call(anew.access_token, '/capi/v1/customer/profile')).statusCode, 200);
    assert.equal(await refreshes(site, anew.refresh_token), true);
  }
});

test('who asks for offline_access gets what everybody gets, with the login and when refreshing', async () => {
  const scopes = ['openid offline_access', 'offline_access openid', 'openid  offline_access'];
  for (const name of both) {
    const site = place.sites[name];
    for (const scope of scopes) {
      for (const prompt of [undefined, 'consent']) {
        const reply = await place.authorize(site, { scope, ...(prompt && { prompt }) }, kari);
        const swapped = (await place.swap(site, answerOf(reply)['code'] ?? '')).json();
        assert.equal(swapped.scope, 'openid', String(reply.headers.location));
        const again = { grant_type: 'refresh_token', refresh_token: swapped.refresh_token, scope };
        assert.equal((await place.ask(site, again)).json().scope, 'openid');
      }
    }
    const alone = await place.authorize(site, { scope: 'offline_access', prompt: 'consent' }, kari);
    assert.equal((await place.swap(site, answerOf(alone)['code'] ?? '')).json().scope, 'read');
    const more = await place.authorize(site, { scope: 'openid offline_access banana' }, kari);
    assert.equal(answerOf(more)['error'], 'invalid_scope');
    const own = await place.ask(site, { grant_type: 'client_credentials', scope: 'offline_access' });
    assert.equal(own.json().error, 'invalid_scope');
  }
});

test('a scope that stands twice is refused, also where the first says nothing', async () => {
  const { original } = place.sites;
  const asked = new URLSearchParams({ client_id: original.clientId, redirect_uri: original.redirectUri });
  for (const scopes of [
    'scope=&scope=openid',
    'scope=openid&scope=read',
    'scope=offline_access&scope=read',
  ]) {
    const url = `/user/oauth/authorize?${asked.toString()}&response_type=code&${scopes}`;
    assert.equal(answerOf(await place.visit(url, kari))['error'], 'invalid_request', scopes);
  }
});

test("a reader's token carries the number of the login, not of the moment", async () => {
  const { original } = place.sites;
  const cookie = await place.logIn('per@example.com');
  const { rev, family } = decodeJwt((await place.tokens(original, cookie)).access_token);
  const [, , number] = JSON.parse(Buffer.from(String(family), 'base64url').toString());
  assert.equal(number, rev);
});

// Last, since it leaves the clock half a year ahead.
test('an original site that comes back within 30 days is never sent away; a strict one neither', async () => {
  const { original, strict } = place.sites;
  const token = (await place.tokens(original, kari)).refresh_token;
  let { refresh_token: next } = await place.tokens(strict, kari);
  await days(10);
  assert.equal(await refreshes(original, token), true);
  const early = await introspect(original, token);
  for (const pause of [6, 20, 29, 16]) {
    await days(pause);
    const reply = await place.refresh(original, token);
    assert.deepEqual([reply.statusCode, reply.json().refresh_token], [200, token], `after ${pause} days`);
    const opened = await place.call(reply.json().access_token, '/capi/v1/customer/profile');
    assert.equal(opened.statusCode, 200);
    next = (await place.refresh(strict, next)).json().refresh_token;
    assert.ok(next, `strict, after ${pause} days`);
  }
  const now = place.context.clock.now().getTime() / 1000;
  const { exp } = await introspect(original, token);
  assert.ok(Math.abs(exp - now - 30 * 86_400) < 60, 'its time began anew, and is told by the clock of all');
  assert.ok(Math.abs(early.exp - early.iat - 30 * 86_400) < 60);
  await days(31);
  assert.equal(await refreshes(original, token), false);
  assert.equal(await refreshes(strict, next), false);
});
