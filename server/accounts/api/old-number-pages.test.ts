import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import type { TestPage } from '../../testing/browser.ts';
import { type LoginPages, openLoginPages, type Reader } from '../../testing/login-pages.ts';

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
  await byLink(pages.browser(), {});
  await fixture.advance(181 * 86_400);
});

const returnUrl = 'https://avis.example/les';
const credential = '90000001';
const number = () => fixture.credential(client, credential);
const newestCode = async () => (await fixture.newestLink(client, number())).code;

type Fields = Record<string, string>;
type Way = (reader: Reader, fields: Fields) => Promise<TestPage>;

async function byLink(reader: Reader, fields: Fields): Promise<TestPage> {
  const { token } = await fixture.addLink(client, number(), { returnUrl });
  await reader.open(`/l/${token}`);
  return reader.post(`/l/${token}`, { fields });
}

const ways: Record<string, Way> = {
  'a link': byLink,
  async 'the login page'(reader, fields) {
    const page = `/user/login?${new URLSearchParams({ clientId: client.clientId, returnUrl }).toString()}`;
    await reader.open(page);
    await reader.post(page, { fields: { credential, step: 'send' } });
    return reader.post(page, { fields: { credential, step: 'enter', code: await newestCode(), ...fields } });
  },
  async 'the page of codes'(reader, fields) {
    const page = `/user/code?clientId=${client.clientId}`;
    const { code } = await fixture.addLink(client, number(), { returnUrl });
    await reader.open(page);
    return reader.post(page, { fields: { credential, code, ...fields } });
  },
};

for (const [name, way] of Object.entries(ways)) {
  test(`${name} with an old number asks, and leads on both ways`, async () => {
    const reader = pages.browser();
    const asked = await way(reader, {});
    assert.equal(asked.status, 200);
    assert.match(asked.html, /Is this number still yours\?/);
    assert.match(asked.html, /name="account" value="new"/);
    assert.doesNotMatch(asked.html, /4790000001 for more/, 'the number is masked in what is said of it');
    assert.ok(!reader.cookies.has('__Host-leveret') && !reader.cookies.has('leveret'));
    const email = /href="(?<to>\/user\/login\?[^"]+)"/.exec(asked.html)?.groups?.['to'] ?? '';
    assert.equal((await reader.open(email.replaceAll('&amp;', '&'))).status, 200);
    const back = await way(reader, { account: 'new' });
    assert.deepEqual([back.status, back.location], [303, returnUrl]);
    assert.deepEqual((await way(reader, {})).location, returnUrl, 'it is proven now');
  });

  test(`${name} takes no other word for an account`, async () => {
    assert.equal((await way(pages.browser(), { account: 'old' })).status, 400);
  });
}

test('a browser that was logged in with the number is not asked', async () => {
  const reader = pages.browser();
  assert.equal((await byLink(reader, { account: 'new' })).location, returnUrl);
  await fixture.advance(200 * 86_400);
  assert.equal((await byLink(reader, {})).location, returnUrl);
});
