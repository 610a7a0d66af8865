import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../builders/browser.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { numberAt, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';

let fixture: Fixture;
let client: DemoClient;
let browser: Browser;
before(async () => {
  browser = await openBrowser();
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(async () => {
  await browser.close();
  await fixture.close();
});

const payer = { lastName: 'Nordmann', emails: ['payer@example.com'], phoneNumbers: ['+4790000001'] };
const orderLines = [{ productSpecType: 'product', product: 'GUIDE' }];
const headers = { 'accept-language': 'en' };

type Order = { orderId: number; page: string };

async function register(order: object): Promise<Order> {
  const { body } = await client.post('/capi/v1/client/order', { payer, orderLines, ...order });
  return { orderId: numberAt(body, 'orderId'), page: textAt(body, 'fulfillmentUrl') };
}

async function completed(): Promise<Order> {
  const order = await register({ paymentMethod: 'free' });
  await client.post('/capi/v1/client/order/fulfillment', { orderId: order.orderId });
  return order;
}

async function stopped(): Promise<Order> {
  const order = await register({});
  await client.post(`/capi/v1/client/order/${order.orderId}/cancel`, {});
  return order;
}

/** Pages that end a reader's way where no address to go back to was given, and what they say. */
const ends: [string, () => Promise<string>, RegExp][] = [
  ['a completed order', async () => (await completed()).page, /complete/],
  ['a stopped order', async () => (await stopped()).page, /cancelled/],
  [
    'an order that is not paid in a browser',
    async () => (await register({ paymentMethod: 'sms' })).page,
    /cannot be paid here/,
  ],
  [
    'an address that is not on the list',
    async () => `${(await register({})).page}?returnUrl=https%3A%2F%2Felsewhere.example%2F`,
    /cannot send you back there/,
  ],
  [
    'an order named by its number, and no address',
    async () => `${fixture.url}/user/fulfillment?orderId=${(await register({})).orderId}`,
    /do not know where to send you/,
  ],
];

test('a page that ends the way says who to write to, and leads home where the publisher has one', async () => {
  const contactEmail = 'hei@tidende.example';
  await client.patch('/capi/v1/client/publisher', { contactEmail });
  for (const [name, open, said] of ends) {
    const html = await (await fetch(await open(), { headers })).text();
    assert.match(html, said, name);
    assert.ok(html.includes(contactEmail), `${name} says nobody to write to`);
  }
  const homeUrl = 'https://tidende.example/konto';
  await client.patch('/capi/v1/client/publisher', { homeUrl });
  for (const [name, open, said] of ends) {
    const html = await (await fetch(await open(), { headers })).text();
    assert.match(html, said, name);
    assert.ok(html.includes(`href="${homeUrl}"`), `${name} leads nowhere`);
  }
});

for (const javaScriptEnabled of [true, false]) {
  const way = javaScriptEnabled ? 'by script' : 'without scripts';
  test(`who has chosen a method is led on to the provider ${way}, and waits on a page that goes on`, async () => {
    const { page } = await register({});
    const context = await browser.newContext({ javaScriptEnabled, locale: 'en' });
    const tab = await context.newPage();
    await tab.goto(page);
    await tab.click('text=Vipps', { noWaitAfter: true });
    await tab.waitForURL((url) => url.origin === fixture.sandboxUrl);
    await tab.goto(`${page}?waitingSince=${Date.now()}`);
    assert.match(await tab.content(), /Checking your payment/);
    await tab.waitForRequest((request) => request.url().includes('waitingSince'));
    await context.close();
  });
}
