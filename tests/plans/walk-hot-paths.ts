import { jobs, schedules } from '@leveret/server/jobs.js';
import type { Pool } from 'pg';
import { prepareForReaders } from '../access/user-calls.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { numberAt } from '../builders/fields-of.ts';
import type { Fixture } from '../builders/fixture.ts';
import { linkIn, linksTo } from '../builders/ledgers.ts';
import { freeOrder } from '../builders/orders.ts';
import { randomFrom } from '../builders/random.ts';
import { openReaderBrowser } from '../builders/reader-browser.ts';
import { connectReader } from '../builders/reader-client.ts';
import { until } from '../builders/until.ts';
import { buy, type Purchase, planPurchase, type Shop } from '../buyers/buy.ts';
import { orderKinds } from '../buyers/order-kinds.ts';

/** One of each way to pay, with an end that comes soon. */
const bought = [
  ...['free, link by e-mail', 'free, link by SMS', 'invoice', 'prepaid other', 'prepaid creditcardPayex'],
  ...['sms, charged', 'sms, declined', 'strex, completed', 'vipps on the phone, approve', 'vipps, pays'],
  ...['vipps recurring, pays', 'card, refuses, then pays', 'swish, pays', 'kustom, pays'],
  ...['strex by code, pays', 'any method, refuses and gives up'],
];

/**
 * Does what a node does all day: orders of every kind from registering to their end, all about each, access
 * checks, readers who log in, and one round of everything that comes by the clock.
 */
export async function walkHotPaths(fixture: Fixture, shop: Shop, pool: Pool): Promise<void> {
  const client = await connectDemoClient(fixture.url);
  const purchases = await buyOneOfEach(shop);
  for (const { orderId } of purchases) {
    await succeed(client.get(`/capi/v1/client/order/${orderId}`));
    for (const list of ['events', 'callbacks', 'cases'])
      await succeed(client.get(`/capi/v1/client/${list}?orderId=${orderId}`));
  }
  const reader = { credential: 'reader1@example.com' };
  await logIn(fixture, reader.credential);
  const uniqueId = purchases.find(({ assigned }) => assigned !== undefined)?.assigned?.body['uniqueUserId'];
  await checkAccess(client, [reader, { uniqueId }, { uniqueId, ...reader }]);
  await actForReader(fixture, client);
  await until('every order to have ended', () => areEnded(pool), 60_000);
  for (const { name } of schedules) await runOnce(fixture, name);
}

async function buyOneOfEach(shop: Shop): Promise<Purchase[]> {
  const random = randomFrom(1);
  const purchases = bought.map((name, index) => {
    const kind = orderKinds.find((one) => one.name === name);
    if (kind === undefined) throw new Error(`there is no kind of order called ${name}`);
    return planPurchase(index + 1, shop.sandboxUrl, random, kind);
  });
  await Promise.all(purchases.map((purchase) => buy(shop, purchase)));
  const refused = purchases.filter((one) => one.refusal !== undefined);
  if (refused.length > 0)
    throw new Error(refused.map((one) => `${one.kind.name}: ${one.refusal}`).join('\n'));
  return purchases;
}

/** Orders that are under way are few anywhere; many would make other plans. */
async function areEnded(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query("SELECT FROM orders WHERE state IN ('registered', 'paying') LIMIT 1");
  return rows.length === 0;
}

async function logIn(fixture: Fixture, credential: string): Promise<void> {
  const [message] = await until('the login link', async () => {
    const messages = await linksTo(fixture, credential);
    return messages.length > 0 && messages;
  });
  if (message === undefined) throw new Error(`${credential} got no message`);
  const path = new URL(linkIn(message)).pathname;
  const browser = openReaderBrowser(fixture.url);
  await browser.open(path);
  await browser.post(path);
  for (const page of ['/user', '/user/orders']) await browser.open(page);
}

/** What a site does with the token of a reader. */
async function actForReader(fixture: Fixture, client: DemoClient): Promise<void> {
  const reader = await connectReader(fixture, 'self@example.com');
  const externalOrderId = 'self-1';
  const guide = { productSpecType: 'product', product: 'GUIDE' };
  const { body } = await reader.post('/capi/v1/order', freeOrder({ externalOrderId, orderLines: [guide] }));
  const orderId = numberAt(body, 'orderId');
  await succeed(client.post('/capi/v1/client/order/fulfillment', { orderId }));
  for (const path of ['order/status', `order/status/${orderId}`, 'customer/order/product/history'])
    await succeed(reader.get(`/capi/v1/${path}`));
  for (const asked of [{ orderId }, { externalOrderId }])
    await succeed(reader.post('/capi/v1/order/status', asked));
  for (const path of ['profile', 'product']) await succeed(reader.get(`/capi/v1/customer/${path}`));
  await beCustomer(reader, client);
}

/** A reader says who they are, and their publisher looks them up. */
async function beCustomer(reader: DemoClient, client: DemoClient): Promise<void> {
  const email = 'self@example.com';
  const name = { lastName: 'Nordmann' };
  const { body } = await reader.post('/capi/v1/customer/info', { name, emails: [email] });
  const customerNumber = numberAt(body, 'customerNumber');
  const home = { changeType: 'createPermanent', streetAddress: 'Storgata', countryCode: 'NO' };
  await succeed(reader.post('/capi/v1/customer/address', home));
  await prepareForReaders(client);
  await succeed(reader.post('/capi/v1/customer/consent', { consentCode: 'NEWS', state: 'withdrawn' }));
  for (const path of ['info', 'address', 'consent']) await succeed(reader.get(`/capi/v1/customer/${path}`));
  const path = '/capi/v1/client/customer';
  const externalReference = { referenceCode: 'CRM', externalId: 'A-1' };
  await succeed(client.post(`${path}/${customerNumber}/external-reference`, externalReference));
  for (const asked of [{ email }, { phoneNumber: '+4790000001' }, { customerNumber }, { externalReference }])
    await succeed(client.post(`${path}/search`, asked));
  await succeed(client.post(`${path}/check`, { customerNumber, lastName: 'Nordmann', postalCode: '0155' }));
  for (const part of [`info/${customerNumber}`, `${customerNumber}/address`, `${customerNumber}/consent`])
    await succeed(client.get(`${path}/${part}`));
}

async function checkAccess(client: DemoClient, holders: object[]): Promise<void> {
  for (const holder of holders)
    for (const product of ['DEMO', 'GUIDE'])
      await succeed(client.post('/capi/v1/client/access', { product, reason: true, ...holder }));
}

async function succeed(asked: ReturnType<DemoClient['get']>): Promise<void> {
  const { status, body } = await asked;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
}

async function runOnce(fixture: Fixture, name: string): Promise<void> {
  const job = { jobId: 0, name, lane: name, arguments: {}, failures: 0, isHeld: async () => true };
  await jobs[name]?.run(fixture.app.context, job);
}
