import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
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
  client = await pages.addSite();
});
after(() => pages.close());

async function loggedIn(credential: string) {
  const reader = await pages.followLink(client, credential);
  const cookie = reader.cookies.get('__Host-leveret');
  assert.ok(cookie);
  const isIn = async () => (await findSession(fixture.database, cookie)) !== undefined;
  return { reader, isIn };
}

const everywhere = '/user/logout/everywhere';

test("the button of a reader's page ends their session in every browser, and nobody else's", async () => {
  const [here, there] = [await loggedIn('ola@example.no'), await loggedIn('ola@example.no')];
  const other = await loggedIn('kari@example.no');
  const page = await here.reader.open('/user/welcome');
  assert.match(page.html, /action="\/user\/logout\/everywhere"/);
  assert.match(page.html, /Log out everywhere/);
  const done = await here.reader.post(everywhere);
  assert.equal(done.status, 200);
  assert.match(done.html, /You are logged out/);
  assert.ok(!here.reader.cookies.has('__Host-leveret'));
  assert.deepEqual([await here.isIn(), await there.isIn(), await other.isIn()], [false, false, true]);
  const again = await loggedIn('ola@example.no');
  assert.ok(await again.isIn());
});

test('a form from elsewhere, or without the page, ends nothing', async () => {
  const { reader, isIn } = await loggedIn('eva@example.no');
  const foreign = { headers: { 'sec-fetch-site': 'cross-site' } };
  assert.equal((await reader.post(everywhere, foreign)).status, 403);
  const stale = await reader.post(everywhere, { fields: { nonce: 'A'.repeat(22) } });
  assert.equal(stale.status, 403);
  assert.match(stale.html, /Log out everywhere/);
  assert.ok(await isIn());
});

test('whoever is not logged in is told so, and nothing is done', async () => {
  const reader = pages.browser();
  const { token } = await fixture.addLink(client, fixture.credential(client, 'ida@example.no'));
  await reader.open(`/l/${token}`);
  const before = await fixture.countEvents('session ended');
  assert.equal((await reader.post(everywhere)).status, 200);
  assert.equal(await fixture.countEvents('session ended'), before);
});
