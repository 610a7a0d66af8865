import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { Client } from '../../publishers/publisher.ts';
import { openTestFixture, type TestFixture } from '../../testing/accounts.ts';
import { createTestBrowser, serveRows, type TestPage, type TestServer } from '../../testing/browser.ts';
import { logInByCode } from './log-in-by-code.ts';
import { logInByLink } from './log-in-by-link.ts';
import { logInForSite, openLogin } from './log-in-for-site.ts';
import { openCodePage } from './open-code-page.ts';
import { openLink } from './open-link.ts';

let fixture: TestFixture;
let app: TestServer;
let client: Client;
before(async () => {
  fixture = await openTestFixture();
  app = await serveRows(fixture, [
    { method: 'GET', path: '/user/login', who: 'browser', endpoint: openLogin },
    { method: 'POST', path: '/user/login', who: 'browser', endpoint: logInForSite },
    { method: 'GET', path: '/user/code', who: 'browser', endpoint: openCodePage },
    { method: 'POST', path: '/user/code', who: 'browser', endpoint: logInByCode },
    { method: 'GET', path: '/l/:token', who: 'browser', endpoint: openLink },
    { method: 'POST', path: '/l/:token', who: 'browser', endpoint: logInByLink },
  ]);
});
after(async () => {
  await app.close();
  await fixture.close();
});
beforeEach(async () => {
  const returnAddresses = [{ url: 'https://avis.example/', match: 'origin' as const }];
  client = await fixture.addClient({ country: 'NO', locale: 'en' }, { returnAddresses });
  await byLink(createTestBrowser(app), {});
  await fixture.advance(181 * 86_400);
});

const returnUrl = 'https://avis.example/les';
const credential = '90000001';
const number = () => fixture.credential(client, credential);
const newestCode = async () => (await fixture.newestLink(client, number())).code;

type Reader = ReturnType<typeof createTestBrowser>;
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
    const reader = createTestBrowser(app);
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
    assert.equal((await way(createTestBrowser(app), { account: 'old' })).status, 400);
  });
}

test('a browser that was logged in with the number is not asked', async () => {
  const reader = createTestBrowser(app);
  assert.equal((await byLink(reader, { account: 'new' })).location, returnUrl);
  await fixture.advance(200 * 86_400);
  assert.equal((await byLink(reader, {})).location, returnUrl);
});
