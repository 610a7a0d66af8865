import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createTestPublisher } from '@leveret/server/testing/publisher.js';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { firstOf, textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, demoLine, freeOrder, kari, prepaidOrder, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

type Fields = Record<string, unknown>;

const unpaid = (paymentMethod: string, changes: Fields = {}): Fields => ({
  paymentMethod,
  payer: kari,
  orderLines: [demoLine],
  ...changes,
});
const paidAs = (field: string): Fields => ({
  prepaid: true,
  [field]: { transactionId: `${field}-1`, amount: 99 },
});

async function stateOf(orderId: number): Promise<unknown> {
  return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
}

/** Accepted at once: nothing is owed, or it is paid elsewhere, whether or not the method is configured. */
const completing: readonly [string, Fields][] = [
  ['free', unpaid('free')],
  ['invoice', unpaid('invoice')],
  ['other, prepaid', prepaidOrder()],
  ['Klarna, prepaid', unpaid('kco', paidAs('paymentInfoKlarna'))],
  ['card, prepaid', unpaid('creditcardPayex', paidAs('paymentInfoPayex'))],
  ['Vipps, prepaid', unpaid('vippsEcommerce', paidAs('paymentInfoVipps'))],
  ['Vipps recurring, prepaid', unpaid('vippsRecurring', { recurring: true, prepaid: true })],
  ['smsPay, prepaid', unpaid('smsPay', paidAs('paymentInfoSmsPay'))],
  ['nexi, prepaid', unpaid('nexi', paidAs('paymentInfoNexi'))],
];

for (const [name, order] of completing) {
  test(`completes at once: ${name}`, async () => {
    const orderId = await register(client, order);
    const { status, body } = await complete(client, orderId);
    assert.equal(status, 200);
    assert.deepEqual(body, {
      fulfillmentStatus: 'OK',
      orderId,
      errorMessage: null,
      orderStatus: 'completed',
      state: 'completed',
      warnings: [],
    });
  });
}

/** Known orders that cannot be completed by API now: 200 and ERROR, and the order stays as it was. */
const unfulfilled: readonly [string, Fields, string][] = [
  ['Klarna, in a browser only', unpaid('kco'), 'buyer_must_act'],
  ['card, in a browser only', unpaid('creditcardPayex'), 'buyer_must_act'],
  ['no method yet', { payer: kari, orderLines: [demoLine] }, 'buyer_must_act'],
];

for (const [name, order, code] of unfulfilled) {
  test(`answers ERROR: ${name}`, async () => {
    const registered = await client.post('/capi/v1/client/order', order);
    const orderId = Number(registered.body['orderId']);
    const { status, body } = await complete(client, orderId);
    assert.equal(status, 200);
    assert.deepEqual(
      { ...body, errorMessage: '' },
      {
        fulfillmentStatus: 'ERROR',
        orderId,
        errorMessage: '',
        code,
        orderStatus: 'preliminary',
        state: 'registered',
        fulfillmentUrl: registered.body['fulfillmentUrl'],
        warnings: [],
      },
    );
    assert.ok(body['errorMessage']);
    assert.equal(await stateOf(orderId), 'registered');
  });
}

test('a stopped order answers ERROR, and stays stopped', async () => {
  const orderId = await register(client, freeOrder());
  await cancel(orderId);
  const { status, body } = await complete(client, orderId);
  assert.deepEqual([status, body['fulfillmentStatus'], body['code']], [200, 'ERROR', 'order_is_stopped']);
  assert.equal(body['orderStatus'], 'stopped');
  assert.equal(body['fulfillmentUrl'], undefined);
});

test('a completed order answers OK, and nothing is repeated', async () => {
  const orderId = await register(client, freeOrder());
  const path = `/publisher/callback/again-${orderId}`;
  const callbackUrl = fixture.sandboxUrl + path;
  await complete(client, orderId, { callbackUrl });
  await until('the callback', async () => (await callbacksAt(fixture, path)).length > 0);
  const again = await complete(client, orderId, { callbackUrl });
  assert.equal(again.body['fulfillmentStatus'], 'OK');
  const queued = await client.get(`/capi/v1/client/callbacks?orderId=${orderId}`);
  assert.equal((queued.body['callbacks'] as unknown[]).length, 1);
});

test('an order that is being paid answers OK, and what was asked first stands', async () => {
  const orderId = await register(client, smsOrder('+4790000030'));
  await complete(client, orderId, { credential: 'kari@example.com' });
  const { body } = await complete(client, orderId, { credential: 'ola@example.com' });
  assert.deepEqual([body['fulfillmentStatus'], body['state']], ['OK', 'paying']);
  assert.equal(firstOf({ status: 200, headers: new Headers(), body }, 'warnings')['rule'], 'already_asked');
});

/** What is asked for beside completing, with the rule that it breaks. */
const options: readonly [string, Fields, string, string][] = [
  ['a link for no time', { linkLifetime: 0 }, 'link_lifetime_is_out_of_range', 'linkLifetime'],
  ['a link for more than 30 days', { linkLifetime: 721 }, 'link_lifetime_is_out_of_range', 'linkLifetime'],
  [
    'another site to return to',
    { returnUrl: 'https://evil.example/' },
    'return_url_is_not_allowed',
    'returnUrl',
  ],
  ['another site for errors', { errorUrl: 'https://evil.example/' }, 'return_url_is_not_allowed', 'errorUrl'],
  ['no address to return to', { returnUrl: 'javascript:alert(1)' }, 'return_url_is_not_allowed', 'returnUrl'],
  [
    'a callback to a private network',
    { callbackUrl: 'http://10.0.0.1/' },
    'callback_url_is_refused',
    'callbackUrl',
  ],
  [
    'a callback to metadata',
    { callbackUrl: 'http://169.254.169.254/' },
    'callback_url_is_refused',
    'callbackUrl',
  ],
  [
    'a callback of another scheme',
    { callbackUrl: 'ftp://example.com/' },
    'callback_url_is_refused',
    'callbackUrl',
  ],
  [
    'a credential of another kind',
    { credential: 'aid:12345' },
    'credential_kind_not_supported',
    'credential',
  ],
  ['what is no credential', { credential: 'kari' }, 'credential_is_invalid', 'credential'],
  ['a landline as credential', { credential: '+4722225555' }, 'credential_is_invalid', 'credential'],
];

for (const [name, option, code, field] of options) {
  test(`refused before anything happens: ${name}`, async () => {
    const orderId = await register(client, freeOrder());
    const { status, body } = await complete(client, orderId, option);
    assert.deepEqual([status, body['code']], [400, code]);
    assert.equal(firstOf({ status, headers: new Headers(), body }, 'fields')['field'], field);
    assert.equal(await stateOf(orderId), 'registered');
  });
}

test('the lifetime of a link is in the unit of the client, and the refusal names it', async () => {
  const { database, publishers } = fixture.app.context;
  const made = await createTestPublisher(database, { client: { settings: { linkLifetimeUnit: 'days' } } });
  await publishers.refresh();
  const other = await connectDemoClient(fixture.url, { id: made.clientId, secret: made.secret });
  const line = { productSpecType: 'article', articleDetail: { articleRef: 'own' }, unitPrice: 1 };
  const orderId = await register(other, freeOrder({ orderLines: [line] }));
  const tooLong = await complete(other, orderId, { linkLifetime: 31 });
  assert.match(textAt(tooLong.body, 'detail'), /in days .* at most 30 days/);
  assert.equal((await complete(other, orderId, { linkLifetime: 30 })).body['fulfillmentStatus'], 'OK');
});

function cancel(orderId: number): Promise<Reply> {
  return client.post(`/capi/v1/client/order/${orderId}/cancel`, {});
}

test('an open order is cancelled, and cancelling it again answers the same', async () => {
  const orderId = await register(client, freeOrder());
  const first = await cancel(orderId);
  const stopped = { orderId, orderStatus: 'stopped', state: 'stopped', warnings: [] };
  assert.deepEqual([first.status, first.body], [200, stopped]);
  assert.deepEqual((await cancel(orderId)).body, first.body);
});

test('a completed order is not cancelled, and a person refunds it', async () => {
  const orderId = await register(client, prepaidOrder());
  await complete(client, orderId);
  const cancelled = await cancel(orderId);
  assert.deepEqual([cancelled.status, cancelled.body['code']], [409, 'use_refund']);
  const refunded = await client.post(`/capi/v1/client/order/${orderId}/refund`, {});
  assert.deepEqual([refunded.status, refunded.body['code']], [409, 'refund_by_hand']);
});

test('an order that is being paid waits for the outcome when it is cancelled', async () => {
  const orderId = await register(client, smsOrder('+4790011007'));
  await complete(client, orderId);
  const cancelled = await cancel(orderId);
  assert.deepEqual([cancelled.status, cancelled.body['state']], [202, 'paying']);
});

test('an order that is not completed is not refunded', async () => {
  const orderId = await register(client, freeOrder());
  const refunded = await client.post(`/capi/v1/client/order/${orderId}/refund`, {});
  assert.deepEqual([refunded.status, refunded.body['code']], [409, 'order_is_not_completed']);
});

test('after seven days an order that was left is over, and one that was paid waits for a person', async () => {
  const left = await register(client, freeOrder());
  const paid = await register(client, prepaidOrder());
  await fixture.advance(7 * 86_400 - 60);
  client = await connectDemoClient(fixture.url);
  assert.deepEqual([await stateOf(left), await stateOf(paid)], ['registered', 'registered']);
  await fixture.advance(120);
  await until('the end', async () => (await stateOf(left)) === 'stopped');
  const shown = await client.get(`/capi/v1/client/order/${left}`);
  assert.equal(shown.body['stoppedReason'], 'expired');
  const found = await until('the case', async () => {
    const reply = await client.get(`/capi/v1/client/cases?orderId=${paid}`);
    return (reply.body['cases'] as unknown[]).length > 0 && firstOf(reply, 'cases');
  });
  assert.equal(found['kind'], 'prepaid order left');
  assert.equal(await stateOf(paid), 'registered');
  const late = await complete(client, left);
  assert.equal(late.body['code'], 'order_is_stopped');
});
