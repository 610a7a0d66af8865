import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { SignJWT } from 'jose';
import { openTestReader, type TestReader, type TestSite } from '../../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

const both = ['original', 'strict'] as const;

/** Sends a browser to log out at a site. */
const leave = (hint: string, cookie?: string) =>
  place.visit(`/user/logout?${new URLSearchParams({ id_token_hint: hint }).toString()}`, cookie);

type Tokens = Awaited<ReturnType<TestReader['tokens']>>;

async function stand(site: TestSite, tokens: Tokens): Promise<[refreshes: boolean, opens: boolean]> {
  const called = await place.call(tokens.access_token, '/capi/v1/customer/profile');
  const state = (await place.ask(site, { token: tokens.refresh_token }, '/user/oauth/introspect')).json();
  return [state.active, called.statusCode === 200];
}

const endSessions = () => place.rows('UPDATE sessions SET expires_at = leveret_now()');

for (const name of both) {
  test(`logging out ends what the site has when the session is over, and no other site's: ${name}`, async () => {
    const site = place.sites[name];
    const other = place.sites[name === 'strict' ? 'original' : 'strict'];
    const cookie = await place.logIn('kari@example.com');
    const [first, tokens, others] = [
      await place.tokens(site, cookie),
      await place.tokens(site, cookie),
      await place.tokens(other, cookie),
    ];
    await endSessions();
    assert.deepEqual(await stand(site, tokens), [true, true], 'it outlives the session');
    const reply = await leave(tokens.id_token ?? '', cookie);
    assert.deepEqual([reply.statusCode, /<form/.test(reply.body)], [200, false]);
    for (const one of [first, tokens]) assert.deepEqual(await stand(site, one), [false, false]);
    assert.equal((await place.refresh(site, tokens.refresh_token)).json().error, 'invalid_grant');
    assert.deepEqual(await stand(other, others), [true, true]);
  });

  test(`a session that lives is asked about first: ${name}`, async () => {
    const site = place.sites[name];
    const cookie = await place.logIn('kari@example.com');
    const tokens = await place.tokens(site, cookie);
    assert.match((await leave(tokens.id_token ?? '', cookie)).body, /<form/);
    assert.deepEqual(await stand(site, tokens), [true, true]);
  });
}

test('an ID token that is long over still says which login it was', async () => {
  const site = place.sites.original;
  const tokens = await place.tokens(site, await place.logIn('kari@example.com'));
  await place.advance(2 * 86_400);
  const { access_token: fresh } = (await place.refresh(site, tokens.refresh_token)).json();
  assert.equal((await leave(tokens.id_token ?? '')).statusCode, 200);
  assert.deepEqual(await stand(site, { ...tokens, access_token: fresh }), [false, false]);
});

test('what we did not sign as an ID token ends nothing', async () => {
  const site = place.sites.original;
  const tokens = await place.tokens(site, await place.logIn('kari@example.com'));
  const [header = '', payload = '', signature = ''] = (tokens.id_token ?? '').split('.');
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const signed = (alg: string, key: Uint8Array) =>
    new SignJWT(claims)
      .setProtectedHeader({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), alg })
      .sign(key);
  const hints = [
    `${header}.${payload}.`,
    `${header}.${encode({ ...claims, jti: 'x' })}.${signature}`,
    `${encode({ alg: 'none' })}.${payload}.`,
    `x.${payload}.x`,
    await signed('HS256', Buffer.alloc(32, 1)),
    tokens.access_token,
  ];
  for (const hint of hints) {
    const reply = await leave(hint);
    assert.ok(reply.statusCode === 200 || reply.statusCode === 400, String(reply.statusCode));
    assert.deepEqual(await stand(site, tokens), [true, true], hint);
  }
});
