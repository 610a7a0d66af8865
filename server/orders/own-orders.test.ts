import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { complete } from '../testing/node.ts';
import { openTestReader, type TestReader } from '../testing/readers.ts';

let place: TestReader;
let kari: string;
let ola: string;
before(async () => {
  place = await openTestReader();
  kari = await tokenOf('kari@example.com');
  ola = await tokenOf('+4790000002');
});
after(() => place.close());

async function tokenOf(credential: string, strength: 'code' | 'link' = 'code'): Promise<string> {
  const cookie = await place.logIn(credential, { strength });
  return (await place.tokens(place.sites.original, cookie)).access_token;
}

type Called = { status: number; body: Record<string, unknown>; headers: Record<string, unknown> };

async function call(token: string, method: 'GET' | 'POST', url: string, body?: object, headers = {}) {
  const authorization = `Bearer ${token}`;
  const request = { method, url, headers: { authorization, ...headers }, ...(body && { payload: body }) };
  const reply = await place.app.http.app.inject(request);
  const called: Called = { status: reply.statusCode, body: reply.json(), headers: reply.headers };
  return called;
}

const path = '/capi/v1/order';
const guide = { productSpecType: 'product', product: 'GUIDE' };
const offer = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
const named = { payer: { firstName: 'Kari', lastName: 'Nordmann' } };
const free = { paymentMethod: 'free', orderLines: [guide], ...named };
const register = (token: string, order: object = free, headers = {}) =>
  call(token, 'POST', path, order, headers);

async function registered(token: string, order: object = free): Promise<number> {
  const { status, body } = await register(token, order);
  assert.equal(status, 200, JSON.stringify(body));
  return Number(body['orderId']);
}

async function shown(orderId: number): Promise<Record<string, unknown>> {
  return (await place.get(`/capi/v1/client/order/${orderId}`)).body;
}

const idsOf = ({ body }: Called, name = 'orderId') =>
  (body['orders'] as Record<string, unknown>[]).map((order) => order[name]);
const fieldOf = ({ body }: Called) => (body['fields'] as { field: string }[])[0]?.field;

test('an order is its reader’s from the beginning, and says that the reader began it', async () => {
  const orderId = await registered(kari);
  const { body: profile } = await call(kari, 'GET', '/capi/v1/customer/profile');
  const order = await shown(orderId);
  assert.equal(order['uniqueUserId'], profile['uniqueId']);
  assert.equal(order['clientId'], place.sites.original.clientId);
  assert.match(JSON.stringify(order['timeline']), new RegExp(`by user ${String(profile['userId'])}`));
  assert.deepEqual((order['payer'] as Record<string, unknown>)['emails'], ['kari@example.com']);
});

test('who is not named has the name and number of the reader’s orders; who has none is refused', async () => {
  const reader = await tokenOf('later@example.com');
  const { payer: _payer, ...unnamed } = free;
  const refused = await register(reader, unnamed);
  assert.deepEqual([refused.status, refused.body['code']], [400, 'payer_is_incomplete']);
  const first = await shown(await registered(reader));
  const second = await shown(await registered(reader, unnamed));
  const payer = second['payer'] as Record<string, unknown>;
  assert.deepEqual([payer['firstName'], payer['lastName']], ['Kari', 'Nordmann']);
  assert.deepEqual([payer['emails'], payer['phoneNumbers']], [['later@example.com'], []]);
  assert.equal(second['customerNumber'], first['customerNumber']);
});

test('nobody orders under another’s account or number', async () => {
  const { body: own } = await call(kari, 'GET', '/capi/v1/customer/profile');
  const { uniqueId: uniqueUserId, customerNumber } = own;
  for (const [field, order] of [
    ['uniqueUserId', { ...free, uniqueUserId }],
    ['payer.customerNumber', { ...free, payer: { ...named.payer, customerNumber } }],
  ] as const) {
    const foreign = await register(ola, order);
    assert.deepEqual([foreign.status, fieldOf(foreign)], [400, field]);
    assert.equal((await register(kari, order)).status, 200);
  }
  const nobodys = await register(ola, { ...free, payer: { ...named.payer, customerNumber: 8_888_888 } });
  assert.deepEqual([nobodys.status, fieldOf(nobodys)], [400, 'payer.customerNumber']);
});

test('a key is its reader’s: another’s same key and body make another order', async () => {
  const key = { 'idempotency-key': randomUUID() };
  const [first, again, other] = [
    await register(kari, free, key),
    await register(kari, free, key),
    await register(ola, free, key),
  ];
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.deepEqual(again.body, first.body);
  assert.equal(other.headers['idempotency-replayed'], undefined);
  assert.notEqual(other.body['orderId'], first.body['orderId']);
  assert.equal((await register(ola, { ...free, externalOrderId: 'other' }, key)).status, 422);
  const client = await place.post(
    '/capi/v1/client/order',
    { ...free, payer: { ...named.payer, emails: ['k@example.com'] } },
    key,
  );
  assert.equal(client.status, 200);
});

test('a paid transaction answers its own reader with the order that it paid, and no other reader', async () => {
  const paymentInfoOther = { transactionId: randomUUID(), amount: 149, currency: 'NOK' };
  const order = { ...free, paymentMethod: 'other', prepaid: true, paymentInfoOther };
  const first = await registered(kari, order);
  assert.equal(await registered(kari, order), first);
  const other = await register(ola, order);
  assert.deepEqual([other.status, other.body['code']], [409, 'payment_already_used']);
  assert.ok(!JSON.stringify(other.body).includes(String(first)));
});

test('an older login link reads, and writes nothing', async () => {
  const token = await tokenOf('kari@example.com', 'link');
  const refused = await register(token);
  assert.equal(refused.status, 403);
  assert.deepEqual(
    [refused.body['code'], refused.body['error']],
    ['fresh_login_required', 'fresh_login_required'],
  );
  const challenge = String(refused.headers['www-authenticate']);
  assert.match(challenge, /error="insufficient_user_authentication".*acr_values="code"/);
  const search = await call(token, 'POST', `${path}/status`, { externalOrderId: 'none' });
  assert.deepEqual([search.status, idsOf(search)], [200, []]);
  assert.equal((await call(token, 'GET', `${path}/status`)).status, 200);
});

test('a reader’s orders are listed newest first, page by page, and nobody else’s', async () => {
  const reader = await tokenOf('lister@example.com');
  assert.deepEqual((await call(reader, 'GET', `${path}/status`)).body, { orders: [], nextCursor: null });
  const made = [await registered(reader), await registered(reader), await registered(reader)];
  await registered(kari);
  const whole = await call(reader, 'GET', `${path}/status`);
  assert.deepEqual(idsOf(whole), made.toReversed());
  const first = await call(reader, 'GET', `${path}/status?limit=2`);
  assert.deepEqual(idsOf(first), made.slice(1).toReversed());
  const next = await call(reader, 'GET', `${path}/status?limit=2&cursor=${String(first.body['nextCursor'])}`);
  assert.deepEqual([idsOf(next), next.body['nextCursor']], [made.slice(0, 1), null]);
  const [one] = whole.body['orders'] as Record<string, unknown>[];
  const { orderTime, ...status } = one ?? {};
  assert.equal(Number(orderTime) % 1000, 0);
  assert.deepEqual(status, {
    orderId: made[2],
    externalOrderId: null,
    orderStatus: 'preliminary',
    orderAmount: 0,
    customerNumber: status['customerNumber'],
    state: 'registered',
  });
  for (const query of ['limit=0', 'limit=201', 'cursor=x', 'Limit=1', 'orderId=1'])
    assert.equal((await call(reader, 'GET', `${path}/status?${query}`)).status, 400, query);
});

test('an order that was assigned is listed; what only names a reader’s address is not', async () => {
  const order = { ...free, payer: { ...named.payer, emails: ['assigned@example.com'] } };
  const { body } = await place.post('/capi/v1/client/order', order);
  const reader = await tokenOf('assigned@example.com');
  assert.deepEqual(idsOf(await call(reader, 'GET', `${path}/status`)), []);
  const orderId = Number(body['orderId']);
  const url = `${path}/status/${orderId}`;
  assert.equal((await call(reader, 'GET', url)).status, 404);
  await place.post(`/capi/v1/client/order/${orderId}/user`, { credential: 'assigned@example.com' });
  assert.deepEqual(idsOf(await call(reader, 'GET', `${path}/status`)), [orderId]);
  assert.deepEqual(idsOf(await call(reader, 'GET', url)), [orderId]);
  assert.equal((await call(ola, 'GET', url)).status, 404);
});

test('a search is by one number or the other, and finds the reader’s own alone', async () => {
  const externalOrderId = 'shared-1';
  const mine = [
    await registered(kari, { ...free, externalOrderId }),
    await registered(kari, { ...free, externalOrderId }),
  ];
  const theirs = await registered(ola, { ...free, externalOrderId });
  const search = (token: string, body: object) => call(token, 'POST', `${path}/status`, body);
  assert.deepEqual(idsOf(await search(kari, { externalOrderId })), mine.toReversed());
  assert.deepEqual(idsOf(await search(ola, { externalOrderId })), [theirs]);
  assert.deepEqual(idsOf(await search(kari, { orderId: mine[0] })), [mine[0]]);
  assert.deepEqual((await search(kari, { orderId: theirs })).body, (await search(kari, { orderId: 1 })).body);
  const page = await search(kari, { externalOrderId, limit: 1 });
  assert.deepEqual(idsOf(page), [mine[1]]);
  const rest = await search(kari, { externalOrderId, cursor: page.body['nextCursor'] });
  assert.deepEqual(idsOf(rest), [mine[0]]);
  const refused = [
    ...[{}, { orderId: mine[0], externalOrderId }, { orderid: mine[0] }, { externalOrderId: '' }],
    ...[
      { externalOrderId, cursor: 'x' },
      { orderId: mine[0], cursor: page.body['nextCursor'] },
    ],
  ];
  for (const body of refused) assert.equal((await search(kari, body)).status, 400, JSON.stringify(body));
});

test('a search tells each line’s bill and delivery; the history what was bought beside subscriptions', async () => {
  const reader = await tokenOf('buyer@example.com');
  const later = Date.UTC(2099, 0, 1);
  const subscription = { ...offer, startInfo: { startDate: later } };
  const order = { ...free, paymentMethod: 'invoice', companyCode: 'AVIS', orderLines: [guide, subscription] };
  const orderId = await registered(reader, order);
  const open = await registered(reader, { ...free, orderLines: [guide] });
  const search = async () => {
    const { body } = await call(reader, 'POST', `${path}/status`, { orderId });
    return (body['orders'] as { orderLines: Record<string, unknown>[] }[])[0]?.orderLines ?? [];
  };
  assert.deepEqual(
    (await search()).map((line) => [line['productId'], line['invoiceStatus'], line['deliveryStatus']]),
    [
      ['GUIDE', 'notInvoiced', 'waiting'],
      ['DEMO', 'notInvoiced', 'waiting'],
    ],
  );
  await complete(place, orderId);
  await place.runJobs();
  const [first, second] = await search();
  assert.ok(Number.isInteger(first?.['invoiceNumber']) && Number(first?.['invoiceTime']) > 0);
  assert.deepEqual(
    [first?.['invoiceStatus'], first?.['deliveryStatus'], first?.['invoiceLineAmount']],
    ['invoiced', 'delivered', 149],
  );
  assert.deepEqual([second?.['deliveryStatus'], second?.['invoiceLineAmount']], ['waiting', 99]);
  const history = await call(reader, 'GET', '/capi/v1/customer/order/product/history');
  const [bought, ...others] = history.body['orders'] as Record<string, unknown>[];
  assert.deepEqual(others, [], `${open} is not completed`);
  assert.deepEqual(
    ['orderNumber', 'description', 'amount', 'companyCode', 'invoiceStatus', 'target', 'invoiceNumber'].map(
      (name) => bought?.[name],
    ),
    [orderId, first?.['description'], 149, 'AVIS', 'invoiced', 'C', first?.['invoiceNumber']],
  );
  assert.ok(Number(bought?.['vat']) > 0 && bought?.['invoiceDate'] === first?.['invoiceTime']);
  assert.deepEqual(idsOf(await call(ola, 'GET', '/capi/v1/customer/order/product/history')), []);
});

test('the history goes on order by order', async () => {
  const reader = await tokenOf('history@example.com');
  const made: number[] = [];
  for (const orderLines of [[guide, guide], [guide], [offer]]) {
    const orderId = await registered(reader, { ...free, orderLines });
    await complete(place, orderId);
    made.push(orderId);
  }
  const url = '/capi/v1/customer/order/product/history';
  const first = await call(reader, 'GET', `${url}?limit=1`);
  assert.deepEqual(idsOf(first, 'orderNumber'), [made[1]]);
  const next = await call(reader, 'GET', `${url}?limit=1&cursor=${String(first.body['nextCursor'])}`);
  assert.deepEqual([idsOf(next, 'orderNumber'), next.body['nextCursor']], [[made[0], made[0]], null]);
});

test('a strict site needs the scope write, and a key', async () => {
  const { strict } = place.sites;
  const cookie = await place.logIn('strict@example.com');
  const tokenFor = async (scope: string) => (await place.tokens(strict, cookie, scope)).access_token;
  const key = { 'idempotency-key': randomUUID() };
  const reading = await register(await tokenFor('read'), free, key);
  assert.deepEqual([reading.status, reading.body['error']], [403, 'insufficient_scope']);
  const writer = await tokenFor('read write');
  assert.equal((await register(writer, free, key)).status, 200);
  assert.equal((await register(writer, free)).body['code'], 'idempotency_key_is_required');
});
