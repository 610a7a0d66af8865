import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { swedbankPayDemo } from '@leveret/server/payments/methods/swedbank-pay/demo.js';
import { connectStranger } from '../access/stranger.ts';
import type { DemoClient, Reply } from '../builders/demo-client.ts';
import { demoPlace } from '../builders/demo-place.ts';
import { type Fields, firstOf, numberAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { merchantSettings } from '../builders/merchant-settings.ts';
import { complete, prepaidOrder } from '../builders/orders.ts';

let fixture: Fixture;
/** Of a publisher that has set up no account at any provider. */
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  ({ client } = await connectStranger(fixture));
});
after(() => fixture.close());

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

test('a category that is no category, or not to be used, is refused when the account is saved', async () => {
  const path = '/capi/v1/client/payment-methods/link-mobility-sms/west';
  for (const productCategory of ['36', '0', '54', '025', 'news']) {
    const reply = await client.put(path, { settings: { ...merchantSettings, productCategory } });
    assert.deepEqual(refusal(reply), ['input_is_invalid', 'settings.productCategory', 'choice']);
  }
  for (const productCategory of ['1', '24', '37', '53']) {
    const reply = await client.put(path, { settings: { ...merchantSettings, productCategory } });
    assert.equal(reply.status, 200, productCategory);
  }
});

test('the test of an account says also what no test can tell', async () => {
  const path = '/capi/v1/client/payment-methods/swedbank-pay/default';
  const remarksWith = async (changes: Record<string, string>) => {
    const settings = { ...swedbankPayDemo(demoPlace(fixture.sandboxUrl)), ...changes };
    assert.equal((await client.put(path, { settings })).status, 200);
    const { body } = await client.post(`${path}/test`, {});
    assert.equal(body['ok'], true, JSON.stringify(body));
    return (body['remarks'] as string[]).join(' ');
  };
  const usual = await remarksWith({});
  assert.match(usual, /enabled instrument mode\..*need twelve digits as referenceFormat/);
  assert.equal(usual.split('instrument mode').length, 2, 'once for both methods of the account');
  assert.match(await remarksWith({ referenceFormat: 'twelve digits' }), /References have twelve digits/);
  const wrong = { ...swedbankPayDemo(demoPlace(fixture.sandboxUrl)), referenceFormat: 'roman' };
  assert.deepEqual(refusal(await client.put(path, { settings: wrong })), [
    'input_is_invalid',
    'settings.referenceFormat',
    'choice',
  ]);
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
