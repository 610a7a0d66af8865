import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import { type LoginPages, openLoginPages } from '../../testing/login-pages.ts';
import { findSession } from '../find-session.ts';

let pages: LoginPages;
let fixture: TestFixture;
let client: Client;
before(async () => {
  pages = await openLoginPages();
  fixture = pages.fixture;
});
after(() => pages.close());
beforeEach(async () => {
  client = await pages.addSite();
});

const back = 'https://avis.example/ute?a=1';

/** The payload is all that is read of it. */
const tokenOf = (claims: object) => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;

async function loggedIn() {
  const reader = await pages.followLink(client, 'ola@example.no');
  const cookie = reader.cookies.get('__Host-leveret');
  const session = await findSession(fixture.database, cookie);
  assert.ok(session);
  const isIn = async () => (await findSession(fixture.database, cookie)) !== undefined;
  return { reader, sub: session.uniqueUserId, isIn };
}

const page = (query: Record<string, string>) => `/user/logout?${new URLSearchParams(query).toString()}`;

test('the words of the original and of OpenID Connect lead out and back, by a button', async () => {
  const ways: [(sub: string) => Record<string, string>, string][] = [
    [() => ({ clientId: client.clientId, returnUrl: back, errorUrl: back }), back],
    [
      () => ({ client_id: client.clientId, post_logout_redirect_uri: back, state: 's 1' }),
      `${back}&state=s%201`,
    ],
    [
      (sub) => ({
        id_token_hint: tokenOf({ sub, aud: client.clientId }),
        post_logout_redirect_uri: back,
        state: 'x',
      }),
      `${back}&state=x`,
    ],
    [(sub) => ({ id_token_hint: tokenOf({ sub, aud: [client.clientId] }), returnUrl: back }), back],
  ];
  for (const [query, expected] of ways) {
    const { reader, sub, isIn } = await loggedIn();
    const address = page(query(sub));
    const asked = await reader.open(address);
    assert.deepEqual([asked.status, asked.location], [200, undefined], address);
    assert.ok(await isIn(), 'opening it ends nothing');
    assert.equal((await reader.post(address)).location, expected);
    assert.equal(await isIn(), false);
  }
});

test('a hint of another reader leads back and logs nobody out', async () => {
  const { reader, isIn } = await loggedIn();
  const hint = tokenOf({ sub: '0'.repeat(32), aud: client.clientId });
  const address = page({ id_token_hint: hint, post_logout_redirect_uri: back });
  assert.equal((await reader.open(address)).location, back);
  await reader.open('/user/logout');
  assert.equal((await reader.post(address)).location, back);
  assert.ok(await isIn());
});

test('a disabled client leads nobody on', async () => {
  const { reader, isIn } = await loggedIn();
  const address = page({ clientId: client.clientId, returnUrl: back });
  await reader.open(address);
  await fixture.disableClient(client);
  for (const answer of [await reader.open(address), await reader.post(address)])
    assert.deepEqual([answer.status, answer.location], [400, undefined]);
  assert.ok(await isIn());
});

test('what contradicts itself, cannot be read or is not on the list is refused', async () => {
  const { reader, isIn } = await loggedIn();
  const { clientId } = client;
  const wrong: Record<string, string>[] = [
    { clientId, client_id: 'another', returnUrl: back },
    { clientId, id_token_hint: tokenOf({ sub: 'a', aud: 'another' }) },
    { clientId, returnUrl: back, post_logout_redirect_uri: 'https://avis.example/annet' },
    { clientId, id_token_hint: 'nonsense' },
    { clientId, id_token_hint: 'x.bnVsbA.x' },
    { clientId, post_logout_redirect_uri: 'https://evil.example/' },
    { clientId, errorUrl: 'https://evil.example/' },
    { post_logout_redirect_uri: back },
  ];
  for (const query of wrong) {
    const address = page(query);
    for (const answer of [await reader.open(address), await reader.post(address)])
      assert.deepEqual([answer.status, answer.location], [400, undefined], address);
  }
  assert.ok(await isIn());
});
