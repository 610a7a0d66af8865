import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OrderId } from '../../kit/ids.ts';
import type { Client } from '../../publishers/publisher.ts';
import type { TestFixture } from '../../testing/accounts.ts';
import { type Reader as Browser, type LoginPages, openLoginPages } from '../../testing/login-pages.ts';

let pages: LoginPages;
let fixture: TestFixture;
let client: Client;
let orderId: OrderId;
before(async () => {
  pages = await openLoginPages();
  fixture = pages.fixture;
});
after(() => pages.close());
beforeEach(async () => {
  // All tests call from one address, which has a budget for an hour.
  await fixture.advance(3600);
  client = await pages.addSite();
  orderId = await fixture.addOrder(client, { state: 'completed' });
  await fixture.addLink(client, kari(), { orderId, returnUrl: hers });
});

const credential = 'kari@example.no';
const hers = 'https://avis.example/kvittering';
const chosen = 'https://avis.example/valgt';
const authorize = '/user/oauth/authorize?client_id=x&state=1';
const authorization = `http://localhost:8080${authorize}`;

const kari = () => fixture.credential(client, credential);
const newest = () => fixture.newestLink(client, kari());
const loginPage = (returnUrl: string) =>
  `/user/login?${new URLSearchParams({ clientId: client.clientId, returnUrl }).toString()}`;

/** Has a code sent to the reader by the login page, to come back to an address of the asker's choice. */
async function ask(browser: Browser, returnUrl: string): Promise<void> {
  await browser.open(loginPage(returnUrl));
  const asked = await browser.post(loginPage(returnUrl), { fields: { credential, step: 'send' } });
  assert.match(asked.html, /name="code"/);
}

/** Presses for a new link on the page of the newest one. */
async function resend(browser: Browser): Promise<string> {
  const { token, linkId } = await newest();
  await browser.open(`/l/${token}`);
  const sent = await browser.post(`/l/${token}/resend`);
  assert.equal(sent.status, 200);
  assert.notEqual((await newest()).linkId, linkId);
  return sent.html;
}

/** Where the newest link leads in a browser. */
async function follow(browser: Browser): Promise<string | undefined> {
  const { token } = await newest();
  await browser.open(`/l/${token}`);
  return (await browser.post(`/l/${token}`)).location;
}

/** Where the page of codes leads a reader who has a new one sent. */
async function byNewCode(browser: Browser): Promise<string | undefined> {
  const page = `?clientId=${client.clientId}`;
  await browser.open(`/user/code${page}`);
  await browser.post(`/user/code/new${page}`, { fields: { credential } });
  const { code } = await newest();
  return (await browser.post(`/user/code${page}`, { fields: { credential, code } })).location;
}

const orderOfNewest = async () =>
  (
    await fixture.rows<{ order_id: number | null }>('SELECT order_id FROM login_links WHERE link_id = $1', [
      (await newest()).linkId,
    ])
  )[0]?.order_id;

for (const address of [chosen, authorize]) {
  test(`a stranger's login does not say where a new code leads: ${address}`, async () => {
    await ask(pages.browser(), address);
    assert.equal(await byNewCode(pages.browser()), hers);
    assert.equal(await orderOfNewest(), orderId);
  });

  test(`nor does it once its link was sent again by the reader: ${address}`, async () => {
    await ask(pages.browser(), address);
    const reader = pages.browser();
    await resend(reader);
    assert.equal(await byNewCode(reader), hers);
    assert.equal(await orderOfNewest(), orderId);
  });
}

test('a link that is sent again goes back to an authorization only where it began', async () => {
  const asker = pages.browser();
  await ask(asker, authorize);
  await fixture.advance(700);
  const elsewhere = pages.browser();
  await resend(elsewhere);
  assert.equal(await follow(elsewhere), '/user/welcome');
  await fixture.advance(700);
  await ask(asker, authorize);
  await fixture.advance(700);
  await resend(asker);
  assert.equal(await follow(asker), authorization);
});

test('a link that was sent again twice is not led back where it began either', async () => {
  const asker = pages.browser();
  await ask(asker, authorize);
  await fixture.advance(700);
  await resend(pages.browser());
  await fixture.advance(700);
  const reader = pages.browser();
  await resend(reader);
  assert.equal(await follow(reader), '/user/welcome');
});

test('the code of a link that is sent again opens in the browser that pressed for it', async () => {
  await ask(pages.browser(), chosen);
  await fixture.advance(700);
  const reader = pages.browser();
  assert.match(await resend(reader), /\/user\/code\?/);
  const { code } = await newest();
  const page = `/user/code?clientId=${client.clientId}`;
  const other = pages.browser();
  await other.open(page);
  assert.match((await other.post(page, { fields: { credential, code } })).html, /not the right code/);
  await reader.open(page);
  assert.equal((await reader.post(page, { fields: { credential, code } })).location, chosen);
});

test('a link of an order is sent again as it was, and its code opens anywhere', async () => {
  await resend(pages.browser());
  const { code } = await newest();
  const page = `/user/code?clientId=${client.clientId}`;
  const reader = pages.browser();
  await reader.open(page);
  assert.equal((await reader.post(page, { fields: { credential, code } })).location, hers);
});

test('a code of an order that has stopped, or whose address was corrected, is told by its own words', async () => {
  const told: [string, RegExp][] = [
    ['stopped', /This order has ended/],
    ['ended', /This code is no longer valid/],
  ];
  for (const [how, words] of told) {
    const named = `${how}@example.no`;
    const order = await fixture.addOrder(client, { state: how === 'stopped' ? 'stopped' : 'completed' });
    const { code, linkId } = await fixture.addLink(client, fixture.credential(client, named), {
      orderId: order,
    });
    if (how === 'ended')
      await fixture.rows('UPDATE login_links SET ended_at = leveret_now() WHERE link_id = $1', [linkId]);
    const reader = pages.browser();
    await reader.open(loginPage(hers));
    const page = await reader.post(loginPage(hers), { fields: { credential: named, code, step: 'enter' } });
    assert.equal(page.status, 403, how);
    assert.match(page.html, words);
    assert.doesNotMatch(page.html, /account is closed/);
  }
});

test('a link of a client that was disabled logs in, and leads to neither of its addresses', async () => {
  const errorUrl = 'https://avis.example/nei';
  const { token } = await fixture.addLink(client, kari(), { orderId, returnUrl: hers, errorUrl });
  await fixture.disableClient(client);
  const reader = pages.browser();
  const shown = await reader.open(`/l/${token}`);
  assert.doesNotMatch(shown.html, /avis\.example/);
  assert.equal((await reader.post(`/l/${token}`)).location, '/user/welcome');
  await fixture.advance(61);
  const used = await pages.browser().open(`/l/${token}`);
  assert.doesNotMatch(used.html, /avis\.example/);
});
