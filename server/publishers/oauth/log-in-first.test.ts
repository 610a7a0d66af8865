import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { answerOf, openTestReader, type TestReader } from '../../testing/readers.ts';

let place: TestReader;
before(async () => {
  place = await openTestReader();
});
after(() => place.close());

const both = ['original', 'strict'] as const;
type Reply = Awaited<ReturnType<TestReader['authorize']>>;

/** Where the login page leads back to; fails where the reader was not sent there. */
function wayBack(reply: Reply): string {
  const { pathname, searchParams } = new URL(String(reply.headers.location), 'https://x.invalid');
  assert.equal(pathname, '/user/login', String(reply.headers.location));
  return searchParams.get('returnUrl') ?? '';
}

/** Logs in a second later, so that it is after what was asked before. */
async function logIn(credential: string, former?: string): Promise<string> {
  await place.advance(1);
  return place.logIn(credential, former === undefined ? {} : { former });
}

async function hintOf(site: TestReader['sites']['original'], cookie: string): Promise<string> {
  return (await place.tokens(site, cookie, 'openid')).id_token ?? '';
}

test('a login that a site asks for is asked for again of every later request, by whichever mark', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const old = await place.logIn('kari@example.com');
    const asked = { prompt: 'login', scope: 'openid', state: 'first' };
    const marked = wayBack(await place.authorize(site, asked, old));
    const renewed = await logIn('kari@example.com', old);
    assert.ok(answerOf(await place.visit(marked, renewed))['code']);
    assert.ok(answerOf(await place.visit(marked, renewed))['code'], 'loading the page again');
    const mark = new URLSearchParams(marked.split('?')[1]).get('leveret_since') ?? '';
    assert.ok(mark);
    const later = [
      { ...asked, state: 'second' },
      { ...asked, prompt: '', max_age: '0' },
    ];
    for (const request of later)
      wayBack(await place.authorize(site, { ...request, leveret_since: mark }, renewed));
    const other = name === 'strict' ? place.sites.original : place.sites.strict;
    wayBack(await place.authorize(other, { ...asked, leveret_since: mark }, renewed));
    await place.advance(3601);
    wayBack(await place.visit(marked, renewed));
  }
});

test('an id_token_hint of another reader: after one login the site is told, and nobody goes in circles', async () => {
  for (const name of both) {
    const site = place.sites[name];
    const hint = await hintOf(site, await place.logIn('kari@example.com'));
    const asked = { id_token_hint: hint, scope: 'openid', state: 'x y' };
    const ola = await place.logIn('ola@example.com');
    for (const cookie of [ola, undefined]) {
      const marked = wayBack(await place.authorize(site, asked, cookie));
      wayBack(await place.visit(marked, cookie));
      const stillOla = await logIn('ola@example.com', cookie);
      const told = await place.visit(marked, stillOla);
      const { error, state, code } = answerOf(told);
      assert.deepEqual([told.statusCode, error, state, code], [303, 'login_required', 'x y', undefined]);
      assert.ok(String(told.headers.location).startsWith(site.redirectUri));
      const kari = await logIn('kari@example.com', stillOla);
      assert.ok(answerOf(await place.visit(marked, kari))['code'], 'the one who is meant');
    }
    const none = await place.authorize(site, { ...asked, prompt: 'none' }, ola);
    assert.equal(answerOf(none)['error'], 'login_required');
  }
});

test('an id_token_hint of a closed account leads to one login, too', async () => {
  const { original } = place.sites;
  const hint = await hintOf(original, await place.logIn('gone@example.com'));
  await place.rows(`UPDATE accounts SET state = 'closed' FROM credentials
    WHERE credentials.account_id = accounts.account_id AND credential = 'gone@example.com'`);
  const marked = wayBack(await place.authorize(original, { id_token_hint: hint, scope: 'openid' }));
  const told = await place.visit(marked, await logIn('pia@example.com'));
  assert.equal(answerOf(told)['error'], 'login_required');
});

test('one login serves every tab that waits for it, whatever it asks', async () => {
  for (const more of [{}, { prompt: 'login' }, { max_age: '0', scope: 'openid' }, { strength: 'code' }]) {
    const tabs = await Promise.all(
      ['1', '2'].map(async (state) =>
        wayBack(await place.authorize(place.sites.original, { state, ...more })),
      ),
    );
    const cookie = await logIn('tab@example.com');
    for (const tab of tabs) assert.ok(answerOf(await place.visit(tab, cookie))['code'], JSON.stringify(more));
  }
});

test('as long as an address may be at first, it may be after the login', async () => {
  const { original } = place.sites;
  const asked = { client_id: original.clientId, redirect_uri: original.redirectUri, response_type: 'code' };
  const start = `${new URLSearchParams(asked).toString()}&state=`;
  const longest = start + 'x'.repeat(4000 - start.length);
  const marked = wayBack(await place.visit(`/user/oauth/authorize?${longest}`));
  const back = await place.visit(marked, await logIn('long@example.com'));
  assert.ok(answerOf(back)['code'], back.body);
  assert.equal((await place.visit(`/user/oauth/authorize?${longest}x`)).statusCode, 400);
});
