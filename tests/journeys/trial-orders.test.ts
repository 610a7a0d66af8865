import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import { sql } from '@leveret/server/database/statement.js';
import { publisherId } from '@leveret/server/kit/ids.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { messagesTo } from '../builders/ledgers.ts';
import { complete, kari } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  const { database } = fixture.app.context;
  const [demo] = await database.query<{ publisher_id: number }>(
    sql('test.demo', "SELECT publisher_id FROM clients WHERE client_id = 'no.leveret.demo'"),
    [],
  );
  const product = { currency: 'NOK', productCode: 'TRIAL', description: 'The paper' };
  const offer = { offerCode: 'TRIAL', productCode: 'TRIAL', description: 'The paper', currency: 'NOK' };
  const renewal = { price: 249, periodLength: 1, periodType: 'months' };
  const offers = [{ ...offer, offerNumber: 1, price: 0, periodLength: 14, periodType: 'days', renewal }];
  await importLeastTerm(3, [{ ...product, productType: 'subscription', vatCode: 'press' }]);
  const gift = { productCode: 'GIFT', description: 'A map', productType: 'single', vatCode: 'standard' };
  const products = [
    { ...product, productType: 'subscription', vatCode: 'press' },
    { ...gift, price: 0, currency: 'NOK' },
  ];
  const catalogue = { products, offers };
  await importCatalogue({ database }, publisherId(Number(demo?.publisher_id)), catalogue);
});
after(() => fixture.close());

const bound = { productSpecType: 'coupon', productSpecCode: 'TRIAL', productSpecNo: 2 };

/** An offer that binds for so many months. */
async function importLeastTerm(leastTerm: number, products?: object[]): Promise<void> {
  const { database } = fixture.app.context;
  const [demo] = await database.query<{ publisher_id: number }>(
    sql('test.demo', "SELECT publisher_id FROM clients WHERE client_id = 'no.leveret.demo'"),
    [],
  );
  const about = { offerCode: 'TRIAL', productCode: 'TRIAL', description: 'The paper', currency: 'NOK' };
  const renewal = { price: 249, periodLength: 1, periodType: 'months' };
  const offer = { ...about, offerNumber: 2, price: 99, periodLength: 1, periodType: 'months', renewal };
  await importCatalogue({ database }, publisherId(Number(demo?.publisher_id)), {
    ...(products && { products }),
    offers: [{ ...offer, leastTerm }],
  });
}

const trial = { productSpecType: 'coupon', productSpecCode: 'TRIAL', productSpecNo: 1 };
const gift = { productSpecType: 'product', product: 'GIFT' };

type Registered = { orderId: number; url: string };

async function register(order: Record<string, unknown>): Promise<Registered> {
  const { body } = await client.post('/capi/v1/client/order', { payer: kari, ...order });
  assert.equal(typeof body['orderId'], 'number', JSON.stringify(body));
  return { orderId: Number(body['orderId']), url: textAt(body, 'fulfillmentUrl') };
}

const stateOf = async (orderId: number) =>
  (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];

/** What completing by API says, and where the order stands then. */
async function completeByApi({ orderId }: Registered): Promise<unknown[]> {
  const { body } = await complete(client, orderId);
  return [body['fulfillmentStatus'], body['code'], await stateOf(orderId)];
}

/** The buyer is sent there by the publisher's page. */
const headers = {
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
  'sec-fetch-mode': 'navigate',
};
const open = (url: string) => fetch(url, { redirect: 'manual', headers });

/** What the buyer of an order agreed to, and what was charged or reserved for it. */
async function agreementsOf({ orderId }: Registered) {
  const { database } = fixture.app.context;
  return database.query<{ adapter: string; state: string; authorized_minor: number }>(
    sql(
      'test.agreements',
      `SELECT agreements.adapter, agreements.state, attempts.authorized_minor
       FROM payment_agreements agreements JOIN payment_attempts attempts USING (attempt_id)
       WHERE agreements.order_id = $1`,
    ),
    [orderId],
  );
}

async function receiptOf(orderId: number): Promise<string | undefined> {
  const messages = await messagesTo(fixture, 'kari@example.com');
  return messages.find(({ subject }) => subject?.startsWith(`Kvittering for ordre ${orderId}`))?.text;
}

for (const paymentMethod of ['creditcardPayex', 'kco', 'vippsRecurring']) {
  test(`a trial by ${paymentMethod} waits for the buyer's agreement`, async () => {
    const order = await register({ paymentMethod, recurring: true, orderLines: [trial] });
    assert.deepEqual(await completeByApi(order), ['ERROR', 'buyer_must_act', 'registered']);
  });
}

const keepers: [paymentMethod: string, adapter: string][] = [
  ['creditcardPayex', 'swedbank-pay-card'],
  ['kco', 'kustom-checkout'],
  ['vippsRecurring', 'vipps-recurring'],
];

for (const [paymentMethod, adapter] of keepers) {
  test(`a buyer who agrees by ${paymentMethod} has the trial, and nothing is reserved`, async () => {
    const order = await register({ paymentMethod, recurring: true, orderLines: [trial] });
    await completeByApi(order);
    await (await open(order.url)).text();
    const [attempt] = await fixture.app.context.database.query<{ provider_id: string }>(
      sql('test.attempt', 'SELECT provider_id FROM payment_attempts WHERE order_id = $1'),
      [order.orderId],
    );
    // An id that is an address ends with the payment.
    const session = attempt?.provider_id.split('/').at(-1);
    const desk = `${fixture.sandboxUrl}/control/payments/${session}/approve`;
    assert.equal((await fetch(desk, { method: 'POST' })).status, 200);
    await fixture.advance(180);
    await until('the order to complete', async () => (await stateOf(order.orderId)) === 'completed');
    assert.deepEqual(await agreementsOf(order), [{ adapter, state: 'active', authorized_minor: 0 }]);
    const receipt = await until('the receipt', () => receiptOf(order.orderId));
    assert.match(receipt, /Totalt: 0,00\skr/);
    assert.match(receipt, /The paper fornyes automatisk og koster da 249,00\skr hver måned, første gang \d/);
    assert.match(receipt, /stoppe fornyelsen: http:\S+\/user\/agreement\/\S+/);
  });
}

test('who is bound for a time is told so before the button and on the receipt, and is charged the same', async () => {
  const order = await register({ recurring: true, orderLines: [bound] });
  const page = (await (await open(order.url)).text()).replaceAll('\u00a0', ' ');
  assert.match(
    page,
    /Fornyes automatisk: 249,00 kr hver måned, første gang [^.]*\.[^.]*\. Bindingstid: 3 måneder\. Deretter/,
  );
  assert.match(page, />Betal 99,00 kr med [^<]*, deretter 249,00 kr hver måned</);
  const byCard = await register({
    paymentMethod: 'creditcardPayex',
    recurring: true,
    orderLines: [bound],
  });
  await (await open(byCard.url)).text();
  // What the offer says later binds nobody who has agreed before.
  await importLeastTerm(12);
  const [attempt] = await fixture.app.context.database.query<{ provider_id: string }>(
    sql('test.boundAttempt', 'SELECT provider_id FROM payment_attempts WHERE order_id = $1'),
    [byCard.orderId],
  );
  const session = attempt?.provider_id.split('/').at(-1);
  const desk = `${fixture.sandboxUrl}/control/payments/${session}/approve`;
  assert.equal((await fetch(desk, { method: 'POST' })).status, 200);
  await fixture.advance(180);
  await until('the order to complete', async () => (await stateOf(byCard.orderId)) === 'completed');
  const receipt = await until('the receipt', () => receiptOf(byCard.orderId));
  assert.match(receipt, /Bindingstid: 3 måneder\. Deretter kan du når som helst stoppe fornyelsen: http/);
  assert.match(receipt, /Totalt: 99,00\skr\n/);
  await importLeastTerm(3);
});

test('a trial that leaves the method to the buyer offers those that keep an agreement', async () => {
  const order = await register({ recurring: true, orderLines: [trial] });
  assert.deepEqual(await completeByApi(order), ['ERROR', 'buyer_must_act', 'registered']);
  const html = await (await open(order.url)).text();
  const offered = [...html.matchAll(/name="method" value="(\w+)"/g)].map(([, name]) => name);
  assert.deepEqual(new Set(offered), new Set(['creditcardPayex', 'kco', 'vippsRecurring']));
});

const owingNothing: [name: string, order: Record<string, unknown>][] = [
  ['with no method', { orderLines: [gift] }],
  ['with no method, a trial that is not to renew', { orderLines: [trial] }],
  ['by card', { paymentMethod: 'creditcardPayex', orderLines: [gift] }],
  [
    'by card, recurring with nothing that renews',
    { paymentMethod: 'creditcardPayex', recurring: true, orderLines: [gift] },
  ],
];

for (const [name, body] of owingNothing) {
  test(`an order that owes nothing, ${name}, completes when asked to`, async () => {
    assert.deepEqual(await completeByApi(await register(body)), ['OK', undefined, 'completed']);
    const visited = await register(body);
    const back = encodeURIComponent(`${fixture.sandboxUrl}/publisher/return`);
    const page = await open(`${visited.url}?returnUrl=${back}`);
    assert.equal(page.status, 303);
    assert.match(page.headers.get('location') ?? '', /fulfillmentStatus=success/);
    assert.equal(await stateOf(visited.orderId), 'completed');
  });
}
