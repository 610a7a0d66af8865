import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { callbacksAt, linkIn, messagesTo } from '../builders/ledgers.ts';
import { complete, prepaidOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let house: House;
let client: DemoClient;

before(async () => {
  house = await buildHouse();
  client = await connectDemoClient(house.url);
});
after(() => house.close());

test('a prepaid order: completed at once, the site told, access given, a link sent', async () => {
  const orderId = await register(client, prepaidOrder());
  const wishes = {
    callbackUrl: `${house.sandboxUrl}/publisher/callback/prepaid?own=1&fulfillmentStatus=forged`,
    credential: 'kari@example.com',
    returnUrl: `${house.sandboxUrl}/publisher/return`,
    errorUrl: `${house.sandboxUrl}/publisher/error`,
    linkLifetime: 24,
  };
  const reply = await complete(client, orderId, wishes);
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
    const callbacks = await callbacksAt(house, '/publisher/callback/prepaid');
    return callbacks.length > 0 && callbacks;
  });
  assert.deepEqual(callback?.query, { own: '1', fulfillmentStatus: 'success' });
  assert.match(callback?.headers['webhook-id'] ?? '', /^msg_/);

  const [message] = await until('the message', async () => {
    const messages = await messagesTo(house, 'kari@example.com');
    return messages.length > 0 && messages;
  });
  assert.ok(message);
  assert.ok(linkIn(message).startsWith(house.url));

  const again = await complete(client, orderId, {
    callbackUrl: `${house.sandboxUrl}/publisher/callback/other`,
  });
  assert.equal(again.body['fulfillmentStatus'], 'OK');
  assert.deepEqual((await callbacksAt(house, '/publisher/callback/other')).length, 0);
});

test('one paid transaction pays one order', async () => {
  const order = prepaidOrder();
  const first = await register(client, order);
  assert.equal(await register(client, order), first);
  const other = await client.post('/capi/v1/client/order', { ...order, externalOrderId: 'another' });
  assert.equal(other.status, 409);
  assert.equal(other.body['code'], 'payment_already_used');
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
