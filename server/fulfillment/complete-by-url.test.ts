import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { OrderId } from '../kit/ids.ts';
import { fulfillmentUrl } from '../orders/order-address.ts';
import { paymentMethods } from '../orders/payment-methods.ts';
import type { NewClient } from '../publishers/create-client.ts';
import type { Client } from '../publishers/publisher.ts';
import { openTestFixture, type TestFixture, type TestOrder } from '../testing/accounts.ts';
import { serveRows, type TestServer } from '../testing/browser.ts';
import { payOrder } from './api/pay-order.ts';
import { visitOrder, visitOrderById } from './api/visit-order.ts';

let fixture: TestFixture;
let app: TestServer;
let client: Client;
/** Its orders are placed on its own site. */
let siteOfOrders: Client;
before(async () => {
  fixture = await openTestFixture();
  app = await serveRows(fixture, [
    { method: 'GET', path: '/user/fulfillment', who: 'browser', endpoint: visitOrderById },
    { method: 'GET', path: '/user/fulfillment/:token', who: 'browser', endpoint: visitOrder },
    { method: 'POST', path: '/user/fulfillment/:token', who: 'browser', endpoint: payOrder },
  ]);
});
after(async () => {
  await app.close();
  await fixture.close();
});
const returnAddresses: NewClient['returnAddresses'] = [{ url: 'https://avis.example', match: 'origin' }];
beforeEach(async () => {
  client = await fixture.addClient({}, { returnAddresses });
  siteOfOrders = await fixture.addClient({}, { returnAddresses, settings: { orderedOnSite: true } });
});

const home = 'https://avis.example/done?id=7';

/** What a browser says that a publisher's site sends on. */
const sentHere = {
  'sec-fetch-mode': 'navigate',
  'sec-fetch-dest': 'document',
  'sec-fetch-site': 'cross-site',
};

/** Opens the unguessable address of an order, or another path. */
async function open(
  order: OrderId | string,
  query: Record<string, string> = { returnUrl: home },
  request: { method?: 'GET' | 'HEAD'; headers?: Record<string, string> } = {},
) {
  const path = typeof order === 'string' ? order : fulfillmentUrl('', fixture.secrets.orderAddress, order);
  const text = new URLSearchParams(query).toString();
  const { method = 'GET', headers = {} } = request;
  const reply = await app.inject({ method, url: `${path}?${text}`, headers: { ...sentHere, ...headers } });
  return { status: reply.statusCode, location: reply.headers.location, html: reply.body };
}

async function stateOf(order: OrderId): Promise<string | undefined> {
  const [row] = await fixture.rows<{ state: string }>('SELECT state FROM orders WHERE order_id = $1', [
    order,
  ]);
  return row?.state;
}

const backWith = (status: string) => ({
  status: 303,
  location: `${home}&fulfillmentStatus=${status}`,
  html: '',
});

const completing: TestOrder[] = [
  { paymentMethod: 'free' },
  { paymentMethod: 'vippsEcommerce', amountMinor: 0 },
  ...paymentMethods
    .filter((method) => method !== 'free' && method !== 'invoice' && method !== 'sms')
    .map((paymentMethod) => ({ paymentMethod, prepaid: true })),
];

test('what owes nothing any more completes at once and goes back', async () => {
  for (const order of completing) {
    const id = await fixture.addOrder(client, order);
    assert.deepEqual(await open(id), backWith('success'), JSON.stringify(order));
    assert.equal(await stateOf(id), 'completed');
    assert.deepEqual(await open(id), backWith('success'), 'again');
  }
});

test('an order by invoice completes at once where it was placed on the site, else by our button', async () => {
  const onSite = await fixture.addOrder(siteOfOrders, { paymentMethod: 'invoice' });
  assert.deepEqual(await open(onSite), backWith('success'));
  const here = await fixture.addOrder(client, { paymentMethod: 'invoice' });
  assert.match((await open(here)).html, /name="complete" value="1"/);
  assert.equal(await stateOf(here), 'registered');
});

test('64 buyers at once complete an order once', async () => {
  const id = await fixture.addOrder(client, {});
  const before = await fixture.countEvents('order completed');
  const answers = await Promise.all(Array.from({ length: 64 }, () => open(id)));
  for (const answer of answers) assert.deepEqual(answer, backWith('success'));
  assert.equal(await fixture.countEvents('order completed'), before + 1);
});

test('what needs a payment is refused with a page, never charged, and stays open', async () => {
  const refused: (TestOrder & { says: RegExp })[] = [
    { paymentMethod: 'sms', says: /SMS/ },
    { paymentMethod: 'other', says: /where you bought it/ },
    { paymentMethod: 'vippsEcommerce', says: /not available/ },
    { paymentMethod: null, says: /not available/ },
  ];
  for (const { says, ...order } of refused) {
    const id = await fixture.addOrder(client, order);
    const answer = await open(id, { returnUrl: home }, { headers: { 'accept-language': 'en' } });
    assert.equal(answer.status, 409);
    assert.match(answer.html, says);
    assert.match(answer.html, /href="https:\/\/avis\.example\/done\?id=7&amp;fulfillmentStatus=error"/);
    assert.equal(await stateOf(id), 'registered');
  }
});

test('a stopped order goes back as cancelled or with an error, or says so itself', async () => {
  const table = { cancelled: 'cancel', expired: 'error', payment_failed: 'error' } as const;
  for (const [reason, status] of Object.entries(table)) {
    const stoppedReason = reason as keyof typeof table;
    const id = await fixture.addOrder(client, { state: 'stopped', stoppedReason });
    assert.deepEqual(await open(id), backWith(status));
    assert.equal((await open(id, {})).status, 200);
  }
});

test('while a payment is open the buyer waits, for a minute, and then goes back not knowing', async () => {
  const id = await fixture.addOrder(client, { state: 'paying', paymentMethod: 'vippsEcommerce' });
  const first = await open(id);
  assert.equal(first.status, 200);
  const next =
    /http-equiv="refresh" content="2;url=([^"]+)"/.exec(first.html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const again = await app.inject(next);
  assert.match(again.body, /http-equiv="refresh"/);
  await fixture.advance(61);
  assert.equal((await app.inject(next)).headers.location, backWith('unknown').location);
  const [path = '', query = ''] = next.split('?');
  const alone = new URLSearchParams(query);
  alone.delete('returnUrl');
  const slow = await open(path, Object.fromEntries(alone));
  assert.equal(slow.status, 200);
  assert.doesNotMatch(slow.html, /http-equiv/);
  await fixture.rows("UPDATE orders SET state = 'completed', ended_at = leveret_now() WHERE order_id = $1", [
    id,
  ]);
  assert.equal((await app.inject(next)).headers.location, backWith('success').location);
});

test('an address that is not on the list leads nowhere, and nothing is done', async () => {
  const id = await fixture.addOrder(client, {});
  const refused = [
    { returnUrl: 'https://evil.example/' },
    { returnUrl: 'https://avis.example@evil.example/' },
    { returnUrl: '/done' },
    { returnUrl: '' },
    { returnUrl: home, errorUrl: 'https://evil.example/' },
    { returnUrl: 'javascript:alert(1)' },
  ];
  for (const query of refused) {
    const answer = await open(id, query);
    assert.equal(answer.status, 400, JSON.stringify(query));
    assert.doesNotMatch(answer.html, /evil/);
  }
  assert.equal(await stateOf(id), 'registered');
});

test('the status is set, not added', async () => {
  const id = await fixture.addOrder(client, {});
  const returnUrl = 'https://avis.example/?fulfillmentStatus=error&a=1#top';
  const { location } = await open(id, { returnUrl });
  assert.equal(location, 'https://avis.example/?a=1&fulfillmentStatus=success#top');
});

test('looking an address up, or fetching it ahead, completes nothing', async () => {
  const id = await fixture.addOrder(client, {});
  const query = { returnUrl: home };
  assert.equal((await open(id, query, { method: 'HEAD' })).status, 200);
  for (const headers of [
    { 'sec-purpose': 'prefetch;prerender' },
    { purpose: 'prefetch' },
    { 'x-moz': 'prefetch' },
  ]) {
    assert.equal((await open(id, query, { headers })).status, 503);
  }
  assert.equal(await stateOf(id), 'registered');
  assert.deepEqual(await open(id), backWith('success'));
});

test('without a return address a page says that it is done, and what was bought to its own buyer only', async () => {
  client = await fixture.addClient({}, { returnAddresses, settings: { bareIdOpens: true } });
  const id = await fixture.addOrder(client, {});
  const own = await open(id, {});
  assert.equal(own.status, 200);
  assert.match(own.html, /The guide/);
  const guessed = await open('/user/fulfillment', { orderId: String(id) });
  assert.equal(guessed.status, 400);
  assert.doesNotMatch(guessed.html, /The guide/);
});

test('a person who was not sent here by a page presses a button; nothing else completes an order', async () => {
  const { 'sec-fetch-site': _site, ...unsaid } = sentHere;
  const visits: [string, Record<string, string>, boolean][] = [
    ['from a message', { ...unsaid, 'sec-fetch-site': 'none' }, false],
    ['an old browser', { 'sec-fetch-mode': '', 'sec-fetch-dest': '', 'sec-fetch-site': '' }, false],
    ['a previewer', { 'user-agent': 'Slackbot-LinkExpanding 1.0' }, false],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }, false],
    ['sent by the site', sentHere, true],
  ];
  for (const paymentMethod of ['free', 'invoice', 'other']) {
    for (const [name, headers, completes] of visits) {
      const prepaid = paymentMethod === 'other';
      const id = await fixture.addOrder(siteOfOrders, { paymentMethod, prepaid });
      const answer = await open(id, { returnUrl: home }, { headers });
      assert.equal(await stateOf(id), completes ? 'completed' : 'registered', `${paymentMethod} ${name}`);
      if (completes) assert.deepEqual(answer, backWith('success'));
      else assert.match(answer.html, /name="complete" value="1"/);
    }
  }
});

test('the button completes the order, also where the browser keeps no cookies; a form of elsewhere does not', async () => {
  const id = await fixture.addOrder(siteOfOrders, { paymentMethod: 'invoice' });
  const url = `${fulfillmentUrl('', fixture.secrets.orderAddress, id)}?returnUrl=${encodeURIComponent(home)}`;
  const post = async (headers: Record<string, string>) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = 'complete=1&nonce=AAAAAAAAAAAAAAAAAAAAAA';
    return (await app.inject({ method: 'POST', url, headers: { ...type, ...headers }, payload })).statusCode;
  };
  assert.equal(await post({ origin: 'https://evil.example' }), 403);
  assert.equal(await post({ 'sec-fetch-site': 'cross-site' }), 403);
  assert.equal(await post({ origin: 'null' }), 200);
  assert.equal(await stateOf(id), 'registered');
  assert.equal(await post({ origin: 'null', 'sec-fetch-site': 'same-origin' }), 303);
  assert.equal(await stateOf(id), 'completed');
});

test('an order that is not there, not to be named by id, or of another publisher is unknown alike', async () => {
  const strict = await fixture.addClient({}, { profile: 'strict', returnAddresses });
  const other = await fixture.addClient({}, { returnAddresses });
  const bare = (orderId: string, more = {}) =>
    open('/user/fulfillment', { orderId, returnUrl: home, ...more });
  const [mine, ofStrict] = [await fixture.addOrder(client, {}), await fixture.addOrder(strict, {})];
  // A client that the address names may lend its page a name and a language, whichever order it names.
  const unknown = (more = {}) => bare('9007199254740991', more);
  assert.equal((await unknown()).status, 404);
  for (const answer of [
    await bare(String(ofStrict)),
    await bare(`0${mine}`),
    await bare('1e3'),
    await bare(''),
    await open('/user/fulfillment/abc-AAAAAAAAAAAAAAAA'),
    await open(`${fulfillmentUrl('', fixture.secrets.orderAddress, mine).slice(0, -1)}!`),
  ]) {
    assert.deepEqual(answer, await unknown());
  }
  for (const clientId of [other.clientId, 'nobody']) {
    assert.deepEqual(await bare(String(mine), { clientId }), await unknown({ clientId }));
  }
  assert.equal(await stateOf(mine), 'registered');
  assert.equal(await stateOf(ofStrict), 'registered');
  assert.deepEqual(await open(ofStrict), backWith('success'), 'by its own address');
  // A client is new without the setting, so that its orders are not to be named by their numbers.
  const { clientId } = client;
  assert.deepEqual(await bare(String(mine), { clientId }), await unknown({ clientId }));
});

test('another client of the publisher lends its list', async () => {
  const lent = 'https://other.example/back';
  const id = await fixture.addOrder(client, {});
  const shop = `${client.clientId}.shop`;
  await fixture.rows(
    `INSERT INTO clients (client_id, publisher_id, name, scopes, return_addresses)
     VALUES ($1, $2, 'shop', '{}', $3)`,
    [shop, client.publisher.publisherId, JSON.stringify([{ url: lent, match: 'exact' }])],
  );
  await fixture.publishers.refresh();
  assert.equal((await open(id, { returnUrl: lent })).status, 400);
  const { location } = await open(id, { returnUrl: lent, clientId: shop });
  assert.equal(location, `${lent}?fulfillmentStatus=success`);
});
