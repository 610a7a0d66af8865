import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { logOutEverywhere } from '../../accounts/log-out-everywhere.ts';
import { accountId } from '../../kit/ids.ts';
import { answerOf, openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';

let place: TestReader;
let kari: string;
before(async () => {
  place = await openTestReader();
  kari = await place.logIn('kari@example.com');
});
after(() => place.close());

const both = ['original', 'strict'] as const;

async function codeFor(site: TestSite, more: Record<string, string> = {}): Promise<string> {
  return answerOf(await place.authorize(site, { scope: 'openid read', ...more }, kari))['code'] ?? '';
}

async function refreshToken(site: TestSite, cookie = kari): Promise<string> {
  return (await place.tokens(site, cookie))['refresh_token'];
}

async function refresh(site: TestSite, token: string) {
  const reply = await place.refresh(site, token);
  const { error, error_description: why, refresh_token: next = '' } = reply.json();
  return { status: reply.statusCode, error, why, next };
}

async function ended(reason: string): Promise<number> {
  const told = `SELECT 1 AS one FROM events WHERE name = 'reader tokens ended' AND facts ->> 'reason' = $1`;
  return (await place.rows(told, [reason])).length;
}

test('a code works once, however many bring it at once, and coming again it ends what it gave', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const code = await codeFor(site);
    const replies = await Promise.all([1, 2, 3, 4].map(() => place.swap(site, code)));
    assert.equal(replies.filter(({ statusCode }) => statusCode === 200).length, 1);
    assert.equal(replies.filter(({ statusCode }) => statusCode === 400).length, 3);
    const told = await ended('code_reused');
    const late = await place.swap(site, code);
    const { error, error_description: why } = late.json();
    assert.equal(error, 'invalid_grant');
    assert.match(why, /authorize again/);
    const won = replies.find((reply) => reply.statusCode === 200);
    assert.equal((await refresh(site, won?.json().refresh_token)).error, 'invalid_grant');
    assert.ok((await ended('code_reused')) - told <= 1);
  }
  assert.ok((await ended('code_reused')) >= 1);
});

const wrongSwaps: [string, (site: TestSite, code: string) => ReturnType<TestReader['swap']>, RegExp][] = [
  ['no such code', (site) => place.swap(site, 'x'.repeat(43)), /unknown, used/],
  [
    'another address',
    (site, code) => place.swap(site, code, { redirect_uri: `${site.redirectUri}?x=1` }),
    /redirect_uri must be that/,
  ],
  [
    "another client's code",
    (site, code) => {
      const other = site.profile === 'strict' ? place.sites.original : place.sites.strict;
      return place.swap({ ...other, redirectUri: site.redirectUri }, code);
    },
    /another client/,
  ],
];

for (const [what, swap, words] of wrongSwaps) {
  test(`no tokens for ${what}, and it is said what to do`, async () => {
    for (const name of both) {
      const reply = await swap(place.sites[name], await codeFor(place.sites[name]));
      assert.deepEqual([reply.statusCode, reply.json().error], [400, 'invalid_grant']);
      assert.match(reply.json().error_description, words);
    }
  });
}

test('PKCE: strict sites must prove their codes, others must where they began to', async () => {
  const { strict, original } = place.sites;
  const wrong = { code_verifier: 'x'.repeat(43) };
  for (const more of [wrong, { code_verifier: '' }]) {
    const reply = await place.swap(strict, await codeFor(strict), more);
    assert.equal(reply.json().error, 'invalid_grant');
    assert.match(reply.json().error_description, /code_verifier/);
  }
  const unproven = await place.authorize({ ...strict, profile: 'original' }, { state: 'x' }, kari);
  assert.equal(answerOf(unproven)['error'], 'invalid_request');
  const began = { code_challenge: 'x'.repeat(43), code_challenge_method: 'S256' };
  assert.equal((await place.swap(original, await codeFor(original, began))).json().error, 'invalid_grant');
  // A proof without a challenge is the downgrade of RFC 9700, 4.8.2.
  assert.equal((await place.swap(original, await codeFor(original), wrong)).json().error, 'invalid_grant');
});

test('a code is worth nothing after a minute', async () => {
  const code = await codeFor(place.sites.original);
  await place.advance(61);
  assert.equal((await place.swap(place.sites.original, code)).json().error, 'invalid_grant');
});

test('a strict site gets another refresh token each time, and a used one ends the whole login', async () => {
  const { strict } = place.sites;
  const first = await refreshToken(strict);
  const second = await refresh(strict, first);
  assert.equal(second.status, 200);
  assert.notEqual(second.next, first);
  const told = await ended('refresh_token_reused');
  const reused = await refresh(strict, first);
  assert.deepEqual([reused.status, reused.error], [400, 'invalid_grant']);
  assert.match(reused.why, /whole login has ended/);
  assert.equal((await refresh(strict, second.next)).error, 'invalid_grant');
  assert.equal(await ended('refresh_token_reused'), told + 1);
  assert.equal((await refresh(strict, first)).error, 'invalid_grant');
  assert.equal(await ended('refresh_token_reused'), told + 1, 'it is told once');
});

test('the same refresh token twice at once: one of a strict site wins, and lives', async () => {
  const { strict } = place.sites;
  const first = await refreshToken(strict);
  const replies = await Promise.all([refresh(strict, first), refresh(strict, first)]);
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200, 400]));
  const winner = replies.find(({ status }) => status === 200);
  const later = await refresh(strict, winner?.next ?? '');
  // Where the second came after the first was done, it was a reuse.
  assert.ok(later.status === 200 || (await ended('refresh_token_reused')) > 0);
});

test("an original site keeps its refresh token, whose time begins anew, and another client can't use it", async () => {
  const { original, strict } = place.sites;
  const first = await refreshToken(original);
  const replies = await Promise.all([refresh(original, first), refresh(original, first)]);
  for (const reply of replies) assert.deepEqual([reply.status, reply.next], [200, first]);
  assert.equal((await refresh(strict, first)).error, 'invalid_grant');
  assert.equal((await refresh(original, first)).status, 200);
});

test("logging out ends codes and tokens of the session, and none of another browser's", async () => {
  const elsewhere = await place.logIn('kari@example.com');
  for (const name of both) {
    const here = await place.logIn('kari@example.com');
    const site = place.sites[name];
    const [mine, other] = [await refreshToken(site, here), await refreshToken(site, elsewhere)];
    const code = answerOf(await place.authorize(site, {}, here))['code'] ?? '';
    await place.logOut(here);
    assert.equal((await refresh(site, mine)).error, 'invalid_grant');
    assert.equal((await place.swap(site, code)).json().error, 'invalid_grant');
    assert.equal((await refresh(site, other)).status, 200);
  }
});

test('logging in again in the same browser ends nothing; another reader ends what there was', async () => {
  const { original } = place.sites;
  const first = await place.logIn('per@example.com');
  const token = await refreshToken(original, first);
  const again = await place.logIn('per@example.com', { former: first });
  assert.equal((await refresh(original, token)).status, 200);
  await place.logIn('pia@example.com', { former: again });
  assert.equal((await refresh(original, token)).error, 'invalid_grant');
});

test('logging out everywhere ends every browser and site of the reader, and a new login is good at once', async () => {
  const { original, strict } = place.sites;
  const [here, there] = [await place.logIn('eva@example.com'), await place.logIn('eva@example.com')];
  const tokens = [
    ...[await place.tokens(original, here), await place.tokens(strict, here)],
    await place.tokens(original, there),
  ];
  const other = await place.tokens(original, kari);
  const [account] = await place.rows<{ account_id: number }>(
    `SELECT account_id FROM credentials WHERE credential = 'eva@example.com'`,
  );
  const publisherIdOf = place.client.publisher.publisherId;
  await place.context.database.transaction('log out everywhere', (transaction) =>
    logOutEverywhere(transaction, {
      publisherId: publisherIdOf,
      accountId: accountId(account?.account_id ?? 0),
    }),
  );
  for (const [index, token] of tokens.entries()) {
    const site = index === 1 ? strict : original;
    assert.equal((await place.call(token.access_token, '/capi/v1/customer/profile')).statusCode, 401);
    assert.equal((await refresh(site, token.refresh_token)).error, 'invalid_grant');
  }
  for (const cookie of [here, there]) {
    const none = await place.authorize(original, { prompt: 'none' }, cookie);
    assert.equal(answerOf(none)['error'], 'login_required');
  }
  const fresh = await place.tokens(original, await place.logIn('eva@example.com'));
  for (const token of [fresh, other]) {
    assert.equal((await place.call(token.access_token, '/capi/v1/customer/profile')).statusCode, 200);
  }
});

test('a token that is made while its reader logs out everywhere carries the time of the login, and is none', async () => {
  const { original } = place.sites;
  const cookie = await place.logIn('eli@example.com');
  await place.advance(2);
  const tokens = await place.tokens(original, cookie);
  // As if the refresh had read everything before the logout, and its session were forgotten since.
  await place.rows(`UPDATE accounts SET logins_end_at = leveret_now() FROM credentials
    WHERE credentials.account_id = accounts.account_id AND credential = 'eli@example.com'`);
  assert.equal((await place.call(tokens.access_token, '/capi/v1/customer/profile')).statusCode, 401);
  assert.equal((await refresh(original, tokens.refresh_token)).error, 'invalid_grant');
});

test('a closed account gets nothing more', async () => {
  const { original } = place.sites;
  const cookie = await place.logIn('gone@example.com');
  const token = await refreshToken(original, cookie);
  const code = answerOf(await place.authorize(original, {}, cookie))['code'] ?? '';
  await place.rows(`UPDATE accounts SET state = 'closed' FROM credentials
    WHERE credentials.account_id = accounts.account_id AND credential = 'gone@example.com'`);
  assert.equal((await refresh(original, token)).error, 'invalid_grant');
  assert.equal((await place.swap(original, code)).json().error, 'invalid_grant');
  const none = await place.authorize(original, { prompt: 'none' }, cookie);
  assert.equal(answerOf(none)['error'], 'login_required');
});

test('who the original’s clients say they are twice is read once, and two names are refused', async () => {
  const { original } = place.sites;
  const twice = { client_id: original.clientId, client_secret: original.secret };
  assert.equal((await place.swap(original, await codeFor(original), twice)).statusCode, 200);
  const other = await place.swap(original, await codeFor(original), { client_id: 'another' });
  assert.equal(other.statusCode, 400);
});
