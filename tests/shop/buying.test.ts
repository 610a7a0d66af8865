import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { until } from '../builders/until.ts';
import {
  articleAt,
  buy,
  chooseCard,
  isOpen,
  lights,
  linkTo,
  logInByCode,
  openTown,
  payByCard,
  reads,
  type Town,
  whoIsIn,
} from './open-town.ts';

let town: Town;
let client: DemoClient;
before(async () => {
  town = await openTown();
  client = await connectDemoClient(town.fixture.url);
});
after(() => town.close());

/** The wall of an article, in a browser of its own. */
async function atWall(name = 'harbour'): Promise<Page> {
  const page = await town.open();
  await page.goto(articleAt(town.shop, name));
  return page;
}

async function ordersOf(): Promise<Record<string, unknown>[]> {
  const { body } = await client.get('/capi/v1/client/orders?limit=50');
  return Array.isArray(body['orders']) ? body['orders'].map(Object) : [];
}

const newestOrder = async () => (await ordersOf())[0] ?? assert.fail('no order');

/** What the shop was told of an order: the address, and what it answered. */
async function callbackOf(orderId: unknown): Promise<Record<string, unknown>> {
  return until('the callback', async () => {
    const { body } = await client.get(`/capi/v1/client/callbacks?orderId=${String(orderId)}`);
    const [first] = Array.isArray(body['callbacks']) ? body['callbacks'].map(Object) : [];
    return first?.['state'] === 'delivered' && first;
  });
}

test('a guest reads at once what is free today, and the shop is called back', async () => {
  const page = await atWall();
  assert.match((await page.textContent('.wall')) ?? '', /free.*19 kr.*99 kr/s);
  await buy(page, 'gratis@example.no', /free/);
  await reads(page);
  assert.equal(await whoIsIn(page), undefined, 'an address that was typed is nobody');
  const { orderId } = await newestOrder();
  assert.match(String((await callbackOf(orderId))['url']), /\/callback\/[\w-]{43}/);
  await page.goto(articleAt(town.shop, 'lights'));
  assert.equal(await isOpen(page, lights), false);
  const other = await atWall('lights');
  await buy(other, 'gratis@example.no', /free/);
  await reads(other, lights);
  await other.goto(articleAt(town.shop));
  assert.equal(await isOpen(other), false, 'what another browser bought for the same address');
  await Promise.all([page.context().close(), other.context().close()]);
});

test('a guest pays a month by card and reads everything at once; the link brings it along', async () => {
  const email = 'kort@example.no';
  const page = await atWall();
  await buy(page, email, /99 kr/);
  await payByCard(page);
  await page.waitForURL(/articles\/harbour/);
  assert.equal(await isOpen(page), true);
  await page.goto(articleAt(town.shop, 'lights'));
  assert.equal(await isOpen(page, lights), true);
  await page.goto(await linkTo(town.fixture, email));
  await page.locator('form button').first().click();
  await page.waitForURL(articleAt(town.shop));
  assert.equal(await whoIsIn(page), `Kari Nordmann, ${email}`);
  await page.context().close();
});

test('a reader who is logged in buys for the account, and is asked for no address', async () => {
  const email = 'inne@example.no';
  const page = await atWall();
  await page.locator('main').getByRole('link', { name: 'Log in' }).click();
  await logInByCode(page, town.fixture, email);
  await page.waitForURL(articleAt(town.shop));
  assert.equal(await page.getByLabel('Your e-mail or mobile').count(), 0);
  await page.getByLabel('Your name').fill('Kari Nordmann');
  await page.getByRole('button', { name: /19 kr/ }).click();
  await payByCard(page);
  await page.waitForURL(/articles\/harbour/);
  assert.equal(await isOpen(page), true);
  const { orderId } = await newestOrder();
  const { body } = await client.get(`/capi/v1/client/order/${String(orderId)}`);
  assert.equal(typeof body['uniqueUserId'], 'string', 'the order is the account’s at once');
  const other = await atWall();
  await other.locator('main').getByRole('link', { name: 'Log in' }).click();
  await logInByCode(other, town.fixture, email);
  await other.waitForURL(articleAt(town.shop));
  assert.equal(await isOpen(other), true, 'in another browser too');
  await Promise.all([page.context().close(), other.context().close()]);
});

test('who gives up at the payment is told that nothing was bought, and may buy after all', async () => {
  const page = await atWall();
  await buy(page, 'angrer@example.no', /19 kr/);
  await page.locator('form[action*="giveUp"] button').click();
  await page.getByText('Nothing was bought, and nothing is paid.').waitFor();
  assert.equal(await isOpen(page), false);
  await buy(page, 'angrer@example.no', /free/);
  await reads(page);
  await page.context().close();
});

test('a page that comes too early waits, and goes on by itself', async () => {
  const page = await atWall();
  await buy(page, 'venter@example.no', /19 kr/);
  await page.locator('button[value=creditcardPayex]').waitFor();
  const payAt = new URL(page.url());
  const back = payAt.searchParams.get('returnUrl') ?? assert.fail(payAt.href);
  const second = await page.context().newPage();
  await second.goto(back);
  await second.getByRole('heading', { name: 'Waiting for the payment' }).waitFor();
  await payByCard(page);
  await second.waitForURL(/articles\/harbour/);
  assert.equal(await isOpen(second), true);
  await page.context().close();
});

test('who pays and never comes back reads all the same, as the callback told', async () => {
  const page = await atWall();
  await buy(page, 'borte@example.no', /19 kr/);
  await chooseCard(page);
  const approve = await page.locator('form[action$="/approve"]').getAttribute('action');
  await page.request.post(new URL(approve ?? '', page.url()).href, { maxRedirects: 0 });
  await callbackOf((await newestOrder())['orderId']);
  const later = await page.context().newPage();
  await later.goto(articleAt(town.shop));
  assert.equal(await isOpen(later), true);
  await page.context().close();
});

test('a form that is sent twice buys once, and with another button another thing', async () => {
  const page = await atWall();
  const before = (await ordersOf()).length;
  const key = await page.locator('input[name=key]').inputValue();
  const send = (what: string) =>
    page.request.post(`${town.shop.url}/buy`, {
      form: { article: 'harbour', key, what, name: 'Kari', address: 'to.ganger@example.no' },
      headers: { origin: town.shop.url },
    });
  for (const reply of await Promise.all([send('day'), send('day')])) assert.equal(reply.status(), 200);
  await page.reload();
  assert.equal(await isOpen(page), true);
  assert.equal((await ordersOf()).length, before + 1);
  assert.match((await send('article')).url(), /\/user\/fulfillment/);
  assert.equal((await ordersOf()).length, before + 2);
  await page.context().close();
});

test('a refund closes what was open, and another buyer’s address opens nothing', async () => {
  const email = 'refusjon@example.no';
  const page = await atWall();
  await buy(page, email, /99 kr/);
  await payByCard(page);
  await page.waitForURL(/articles\/harbour/);
  const thief = await atWall('lights');
  await buy(thief, email, /free/);
  await reads(thief, lights);
  await thief.goto(articleAt(town.shop));
  assert.equal(await isOpen(thief), false, 'the month is another browser’s');
  const months = (await ordersOf()).filter((order) => order['orderAmount'] === 99);
  const orderId = String(months[0]?.['orderId']);
  await until('the refund', async () => {
    const refunded = await client.post(`/capi/v1/client/order/${orderId}/refund`, { access: 'end_now' });
    return refunded.status === 202;
  });
  await page.goto(articleAt(town.shop));
  assert.equal(await isOpen(page), false);
  await Promise.all([page.context().close(), thief.context().close()]);
});

test('an address that is none is said to be, and nothing is bought', async () => {
  const page = await atWall();
  await buy(page, 'ingen adresse', /free/);
  await page.getByRole('alert').getByText('That is no e-mail address or mobile number').waitFor();
  await buy(page, 'kari@', /free/);
  await page.getByRole('alert').getByText('That is no e-mail address or mobile number').waitFor();
  await page.context().close();
});
