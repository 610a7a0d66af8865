import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt, linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, freeOrder, prepaidOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

test('a prepaid order: completed at once, the site told, access given, a link sent', async () => {
  const orderId = await register(client, prepaidOrder());
  const options = {
    callbackUrl: `${fixture.sandboxUrl}/publisher/callback/prepaid?own=1&fulfillmentStatus=forged`,
    credential: 'kari@example.com',
    returnUrl: `${fixture.sandboxUrl}/publisher/return`,
    errorUrl: `${fixture.sandboxUrl}/publisher/error`,
    linkLifetime: 24,
  };
  const reply = await complete(client, orderId, options);
  assert.equal(reply.status, 200);
  assert.equal(reply.body['fulfillmentStatus'], 'OK');
  assert.equal(reply.body['errorMessage'], null);
  assert.equal(reply.body['orderStatus'], 'completed');

  const access = await client.post('/capi/v1/client/access', {
    product: 'DEMO',
    credential: 'kari@example.com',
    reason: true,
  });
  assert.equal(access.body['access'], true);

  const [callback] = await until('the callback', async () => {
    const callbacks = await callbacksAt(fixture, '/publisher/callback/prepaid');
    return callbacks.length > 0 && callbacks;
  });
  assert.deepEqual(callback?.query, { own: '1', fulfillmentStatus: 'success' });
  assert.match(callback?.headers['webhook-id'] ?? '', /^msg_/);

  const [message] = await until('the message', async () => {
    const messages = await messagesTo(fixture, 'kari@example.com');
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  assert.ok(linkIn(message).startsWith(fixture.url));

  const again = await complete(client, orderId, {
    callbackUrl: `${fixture.sandboxUrl}/publisher/callback/other`,
  });
  assert.equal(again.body['fulfillmentStatus'], 'OK');
  assert.deepEqual((await callbacksAt(fixture, '/publisher/callback/other')).length, 0);
});

test('one paid transaction pays one order', async () => {
  const order = prepaidOrder();
  const first = await register(client, order);
  assert.equal(await register(client, order), first);
  const other = await client.post('/capi/v1/client/order', { ...order, externalOrderId: 'another' });
  assert.equal(other.status, 409);
  assert.equal(other.body['code'], 'payment_already_used');
});

const paidWith = (transactionId: unknown) => prepaidOrder({ paymentInfoOther: { transactionId } });

/** The same transaction to everybody who reads it. */
const spellings: readonly [string, unknown, unknown][] = [
  ['a space behind', 'TX1', 'TX1 '],
  ['a space before', 'TX2', ' TX2'],
  ['a line end', 'TX3', 'TX3\n'],
  ['spaces of other kinds', 'TX4', '\u00a0TX4\u2003\u3000\t'],
  ['a zero-width space', 'TX5', 'T\u200bX5'],
  ['a byte-order mark', 'TX6', '\ufeffTX6'],
  ['a word joiner and a soft hyphen', 'TX7', 'TX\u2060\u00ad7'],
  ['marks of direction', 'TX8', '\u202aTX8\u202c\u2066\u2069\u200e'],
  ['a control character', 'TX9', 'TX\u00079'],
  ['a letter in two parts', 'TX-\u00e5', 'TX-a\u030a'],
  ['a number', '7001', 7001],
];

for (const [name, first, second] of spellings) {
  test(`one paid transaction pays one order, however it is spelt: ${name}`, async () => {
    const [order, again] = [paidWith(first), paidWith(second)];
    const orderId = await register(client, order);
    const refused = await client.post('/capi/v1/client/order', again);
    assert.deepEqual([refused.status, refused.body['code']], [409, 'payment_already_used']);
    assert.equal(await register(client, order), orderId);
    const shown = await client.get(`/capi/v1/client/order/${orderId}`);
    assert.deepEqual(shown.body['prepayment'], { transactionId: first, isReleased: false });
  });
}

const paidAt = (paymentMethod: string, field: string, transactionId: string): Record<string, unknown> => {
  const { paymentInfoOther: _, ...order } = prepaidOrder({ paymentMethod, [field]: { transactionId } });
  return { ...order, ...(paymentMethod === 'vippsRecurring' && { recurring: true }) };
};

test('one transaction of a provider pays one order, by whichever of its methods', async () => {
  const pairs = [
    ['vippsEcommerce', 'vippsRecurring', 'paymentInfoVipps'],
    ['creditcardPayex', 'swishPayex', 'paymentInfoPayex'],
  ] as const;
  for (const [method, twin, field] of pairs) {
    await register(client, paidAt(method, field, `${method}-1`));
    const refused = await client.post('/capi/v1/client/order', paidAt(twin, field, `${method}-1`));
    assert.deepEqual([refused.status, refused.body['code']], [409, 'payment_already_used']);
  }
  // Another provider's transaction of the same name is another one.
  await register(client, paidAt('kco', 'paymentInfoKlarna', 'vippsEcommerce-1'));
});

test('a transaction is free again once its order is stopped', async () => {
  const first = await register(client, paidAt('vippsEcommerce', 'paymentInfoVipps', 'freed-1'));
  await client.post(`/capi/v1/client/order/${first}/cancel`, {});
  const second = await register(client, {
    ...paidAt('vippsRecurring', 'paymentInfoVipps', ' freed-1'),
    seller: 'another',
  });
  assert.notEqual(second, first);
});

test('transactions that differ in case, or that nobody could see, are told apart or refused', async () => {
  await register(client, paidWith('case-a'));
  await register(client, paidWith('CASE-A'));
  for (const blank of ['', ' ', '\n', '\u200b\ufeff', '\u3000', null]) {
    const { status, body } = await client.post('/capi/v1/client/order', paidWith(blank));
    assert.deepEqual([status, body['code']], [400, 'input_is_invalid']);
    const fields = Array.isArray(body['fields']) ? body['fields'] : [];
    assert.deepEqual(
      fields.map((one) => (one as Record<string, unknown>)['field']),
      ['paymentInfoOther.transactionId'],
    );
  }
});

test('an order is found by its own id at the publisher, however that is spelt', async () => {
  const orderId = await register(client, freeOrder({ externalOrderId: '\u200bshop-77 \n' }));
  for (const spelt of ['shop-77', ' shop-77', 'shop-77\u200b']) {
    const found = await client.get(`/capi/v1/client/orders?externalOrderId=${encodeURIComponent(spelt)}`);
    const orders = Array.isArray(found.body['orders']) ? found.body['orders'] : [];
    assert.deepEqual(
      orders.map((one) => (one as Record<string, unknown>)['orderId']),
      [orderId],
      spelt,
    );
  }
});

test('a repeated idempotency key answers the first order, another body is refused', async () => {
  const order = prepaidOrder();
  const key = { 'idempotency-key': 'key-of-one-order' };
  const first = await client.post('/capi/v1/client/order', order, key);
  const second = await client.post('/capi/v1/client/order', order, key);
  assert.deepEqual(second.body, first.body);
  const other = await client.post('/capi/v1/client/order', { ...order, seller: 'someone' }, key);
  assert.equal(other.status, 422);
});
