import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectStranger } from '../access/stranger.ts';
import type { DemoClient, Reply } from '../builders/demo-client.ts';
import { type Fields, firstOf, numberAt } from '../builders/fields-of.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { merchantSettings } from '../builders/merchant-settings.ts';
import { complete, prepaidOrder } from '../builders/orders.ts';

let house: House;
/** Of a publisher that has set up no account at any provider. */
let client: DemoClient;

before(async () => {
  house = await buildHouse();
  ({ client } = await connectStranger(house));
});
after(() => house.close());

const orderLines = [{ productSpecType: 'article', articleDetail: { articleRef: 'one' }, unitPrice: 50 }];
const payer = { lastName: 'Nordmann', emails: ['kari@example.com'], phoneNumbers: ['+4790000001'] };
const registering = (changes: Record<string, unknown>): Promise<Reply> =>
  client.post('/capi/v1/client/order', { payer, orderLines, ...changes });
const refusal = (reply: Reply) => {
  assert.equal(reply.status, 400, JSON.stringify(reply.body));
  const { field, rule } = firstOf(reply, 'fields');
  return [reply.body['code'], field, rule];
};
const notConfigured = (field: string) => [
  'payment_method_is_not_configured',
  field,
  'payment_method_is_not_configured',
];

const atProviders: readonly [string, Fields][] = [
  ['sms', {}],
  ['smsPay', {}],
  ['vippsEcommerce', {}],
  ['vippsRecurring', { recurring: true }],
  ['kco', {}],
  ['kco', { recurring: true }],
  ['creditcardPayex', {}],
  ['swishPayex', { currency: 'SEK' }],
  ['nexi', {}],
];

for (const [paymentMethod, more] of atProviders) {
  test(`${paymentMethod} without an account is refused: ${JSON.stringify(more)}`, async () => {
    assert.deepEqual(refusal(await registering({ paymentMethod, ...more })), notConfigured('paymentMethod'));
    const named = { paymentMethod, ...more, merchantId: 'north' };
    assert.deepEqual(refusal(await registering(named)), notConfigured('paymentMethod'));
    const free = orderLines.map((line) => ({ ...line, unitPrice: 0 }));
    const unpriced = { paymentMethod, ...more, orderLines: free };
    assert.deepEqual(refusal(await registering(unpriced)), notConfigured('paymentMethod'));
  });
}

test('what is not paid at a provider, or was paid before, needs no account', async () => {
  const { paymentInfoOther } = prepaidOrder();
  for (const order of [
    { paymentMethod: 'free' },
    { paymentMethod: 'invoice', merchantId: 'north' },
    { paymentMethod: 'other', prepaid: true, paymentInfoOther },
    { paymentMethod: 'kco', prepaid: true, paymentInfoKlarna: paymentInfoOther },
    { paymentMethod: 'nexi', prepaid: true, paymentInfoNexi: paymentInfoOther, merchantId: 'north' },
    { paymentMethod: 'smsPay', prepaid: true, paymentInfoSmsPay: paymentInfoOther },
  ]) {
    const reply = await registering(order);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
    const completed = await complete(client, numberAt(reply.body, 'orderId'));
    assert.equal(completed.body['fulfillmentStatus'], 'OK');
  }
});

test('where the buyer would choose and nothing can be chosen, that is warned of; a wrong account is refused', async () => {
  const reply = await registering({});
  assert.equal(reply.status, 200);
  const { field, rule } = firstOf(reply, 'warnings');
  assert.deepEqual([field, rule], ['paymentMethod', 'payment_method_is_not_configured']);
  assert.deepEqual(refusal(await registering({ merchantId: 'north' })), notConfigured('merchantId'));
});

test('an account takes orders as soon as it is set up, and only those that name it', async () => {
  const path = '/capi/v1/client/payment-methods/link-mobility-sms';
  assert.equal((await client.put(`${path}/north`, { settings: merchantSettings })).status, 200);
  const north = await registering({ paymentMethod: 'sms', merchantId: 'north' });
  assert.equal(north.status, 200, JSON.stringify(north.body));
  assert.deepEqual(refusal(await registering({ paymentMethod: 'sms' })), notConfigured('paymentMethod'));
  const south = { paymentMethod: 'sms', merchantId: 'south' };
  assert.deepEqual(refusal(await registering(south)), notConfigured('merchantId'));
  assert.equal((await client.put(`${path}/default`, { settings: merchantSettings })).status, 200);
  assert.equal((await registering({ paymentMethod: 'sms' })).status, 200);
  assert.deepEqual(refusal(await registering(south)), notConfigured('merchantId'));
});
