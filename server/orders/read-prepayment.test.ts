import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import {
  complete,
  openTestNode,
  prepaidOrder,
  smsOrder,
  type TestNode,
  type TestReply,
} from '../testing/node.ts';
import { type PaymentResult, signPaymentResult, transactionIdOf } from './payment-result.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const dayMilliseconds = 86_400_000;

/** The info that a page gets for a paid guide, but for what is changed in what was signed. */
async function paid(changes: Partial<PaymentResult> = {}, lastsMilliseconds = dayMilliseconds) {
  const now = node.context.clock.now();
  const result: PaymentResult = {
    transactionId: transactionIdOf(randomUUID()),
    clientId: node.client.clientId,
    paymentMethod: 'vippsEcommerce',
    amountMinor: 14_900,
    currency: 'NOK',
    recurring: false,
    isCaptured: true,
    paidAt: now,
    ...changes,
  };
  const expiresAt = new Date(now.getTime() + lastsMilliseconds);
  const signature = await signPaymentResult(node.context.secrets.paymentResults, result, expiresAt);
  const { transactionId, amountMinor, currency } = result;
  return { transactionId, amount: amountMinor / 100, currency, signature };
}

/** The same of a payment that is there, as its page left it. */
async function kept(): Promise<Awaited<ReturnType<typeof paid>>> {
  const info = await paid();
  const { publisher, clientId } = node.client;
  await node.rows(
    `WITH made AS (
       INSERT INTO payments (publisher_id, purpose, amount_minor, currency, flow, window_ends_at, created_at)
       VALUES ($1, 'order', 14900, 'NOK', 'browser', leveret_now(), leveret_now()) RETURNING payment_id
     ), page AS (
       INSERT INTO page_payments (payment_id, publisher_id, client_id, payment_method, recurring, return_url,
         page_state, created_at)
       SELECT payment_id, $1, $2, 'vippsEcommerce', false, 'http://localhost', '', leveret_now() FROM made)
     INSERT INTO payment_attempts (payment_id, publisher_id, adapter, reference, notice_token, state,
       authorized_minor, created_at, ended_at)
     SELECT payment_id, $1, 'vipps-epayment', $3, $3, 'secured', 14900, leveret_now(), leveret_now() FROM made
     RETURNING attempt_id`,
    [publisher.publisherId, clientId, info.transactionId.replace(transactionIdOf(''), '')],
  );
  return info;
}

const register = (paymentInfoVipps: object, changes: object = {}): Promise<TestReply> =>
  node.post('/capi/v1/client/order', {
    ...smsOrder(),
    paymentMethod: 'vippsEcommerce',
    prepaid: true,
    paymentInfoVipps,
    ...changes,
  });

const fieldsOf = (reply: TestReply) =>
  (reply.body['fields'] as { field: string; rule: string }[]).map(({ field, rule }) => `${field} ${rule}`);

const warningsOf = (reply: TestReply) =>
  (reply.body['warnings'] as { field: string; rule: string }[]).map(({ field, rule }) => `${field} ${rule}`);

test('an order that was paid on the page is registered and completed', async () => {
  const reply = await register(await kept());
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const done = await complete(node, Number(reply.body['orderId']));
  assert.equal(done.body['fulfillmentStatus'], 'OK');
});

test('a result pays one order', async () => {
  const info = await kept();
  assert.equal((await register(info)).status, 200);
  const second = await register(info, { externalOrderId: 'another' });
  assert.equal(second.body['code'], 'payment_already_used');
});

test('a result whose payment is not known registers nothing', async () => {
  const reply = await register(await paid());
  assert.equal(reply.status, 400);
  assert.deepEqual(fieldsOf(reply), ['paymentInfoVipps.transactionId payment_result_is_unknown']);
});

const refused: [string, () => object | Promise<object>, object, string[]][] = [
  ['another amount', () => paid({ amountMinor: 100 }), {}, ['orderAmount payment_result_differs']],
  ['another currency', () => paid({ currency: 'SEK' }), {}, ['currency payment_result_differs']],
  [
    'another client',
    () => paid({ clientId: 'no.other.web' }),
    {},
    ['paymentInfoVipps.signature payment_result_is_forged'],
  ],
  ['another method', () => paid({ paymentMethod: 'kco' }), {}, ['paymentMethod payment_result_differs']],
  ['an agreement', () => paid({ recurring: true }), {}, ['recurring payment_result_differs']],
  [
    'another transaction',
    async () => ({ ...(await paid()), transactionId: transactionIdOf('another') }),
    {},
    ['paymentInfoVipps.transactionId payment_result_differs'],
  ],
  [
    'an amount in the open that is not the signed one',
    async () => ({ ...(await paid()), amount: 148 }),
    {},
    ['paymentInfoVipps.amount payment_result_differs'],
  ],
  [
    'a currency in the open that is not the signed one',
    async () => ({ ...(await paid()), currency: 'SEK' }),
    {},
    ['paymentInfoVipps.currency payment_result_differs'],
  ],
  ['an old one', () => paid({}, -1), {}, ['paymentInfoVipps.signature payment_result_is_expired']],
  [
    'a forged one',
    async () => ({ ...(await paid()), signature: 'e30.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' }),
    {},
    ['paymentInfoVipps.signature payment_result_is_forged'],
  ],
  [
    'one whose signature was taken away',
    async () => ({ ...(await paid()), signature: undefined }),
    {},
    ['paymentInfoVipps.signature payment_result_is_forged'],
  ],
  ...[
    (id: string) => id.toUpperCase(),
    (id: string) => ` ${id}`,
    (id: string) => `${id.slice(0, 3)}\u200b${id.slice(3)}`,
  ].map((spell, index): (typeof refused)[number] => [
    `one of ours in disguise, without its signature (${index + 1})`,
    () => ({ transactionId: spell(transactionIdOf(randomUUID())) }),
    {},
    ['paymentInfoVipps.signature payment_result_is_forged'],
  ]),
];

for (const [name, info, changes, fields] of refused) {
  test(`refused: ${name}`, async () => {
    const reply = await register(await info(), changes);
    assert.equal(reply.status, 400);
    assert.deepEqual(fieldsOf(reply), fields);
    assert.equal(reply.body['code'], fields[0]?.split(' ')[1]);
  });
}

test('a client may be set to believe nothing that we did not sign', async () => {
  const set = async (isSet: boolean) => {
    await node.rows('UPDATE clients SET settings = settings || $2 WHERE client_id = $1 RETURNING client_id', [
      node.client.clientId,
      JSON.stringify({ prepaidMustBeSigned: isSet }),
    ]);
    await node.context.publishers.refresh();
  };
  await set(true);
  const unsigned = await register({ transactionId: randomUUID(), amount: 149 });
  assert.deepEqual(fieldsOf(unsigned), ['paymentInfoVipps.signature payment_result_is_forged']);
  const without = await register({}, { paymentInfoVipps: undefined });
  assert.deepEqual(fieldsOf(without), ['paymentInfoVipps payment_result_is_forged']);
  assert.equal((await register(await kept())).status, 200);
  assert.equal((await node.post('/capi/v1/client/order', prepaidOrder())).status, 200);
  await set(false);
});

test('what another provider signed for the method `other` is kept and not judged', async () => {
  const info = { transactionId: randomUUID(), signature: 'theirs' };
  const reply = await node.post('/capi/v1/client/order', prepaidOrder({ paymentInfoOther: info }));
  assert.equal(reply.status, 200);
});

test("the publisher's own evidence is believed as before", async () => {
  const reply = await register({ transactionId: randomUUID(), amount: 1 });
  assert.equal(reply.status, 200);
  assert.deepEqual(warningsOf(reply), ['paymentInfoVipps.amount paid_amount_differs']);
});

test('a transaction id that a program writes for nothing is refused, and pays no order', async () => {
  for (const transactionId of ['undefined', 'null', 'NaN', ' [object Object] ', 'Null\u200b', '0', ' \n']) {
    const reply = await node.post(
      '/capi/v1/client/order',
      prepaidOrder({ paymentInfoOther: { transactionId } }),
    );
    assert.equal(reply.status, 400, transactionId);
    assert.match(String(fieldsOf(reply)), /^paymentInfoOther\.transactionId /, transactionId);
  }
});

const warned: [string, object, string[]][] = [
  ['the currency of the order, in small letters', { currency: 'nok' }, []],
  ['another currency', { currency: 'SEK' }, ['paymentInfoOther.currency paid_currency_differs']],
  [
    'another amount in another currency',
    { amount: 1, currency: 'SEK' },
    ['paymentInfoOther.amount paid_amount_differs', 'paymentInfoOther.currency paid_currency_differs'],
  ],
];

for (const [name, said, warnings] of warned) {
  test(`warned of: ${name}`, async () => {
    const paymentInfoOther = { transactionId: randomUUID(), ...said };
    const reply = await node.post('/capi/v1/client/order', prepaidOrder({ paymentInfoOther }));
    assert.deepEqual([reply.status, warningsOf(reply)], [200, warnings]);
  });
}

test('evidence of a payment that is not used is warned of: not prepaid, or of another method', async () => {
  const paymentInfoKlarna = { transactionId: randomUUID(), amount: 1 };
  const unpaid = await node.post('/capi/v1/client/order', { ...smsOrder(), paymentInfoKlarna });
  const other = await node.post('/capi/v1/client/order', prepaidOrder({ paymentInfoKlarna }));
  for (const reply of [unpaid, other]) {
    assert.deepEqual(
      [reply.status, warningsOf(reply)],
      [200, ['paymentInfoKlarna payment_info_is_not_used']],
    );
  }
});

test('a prepaid order whose only evidence stands under another method is refused, and says where it belongs', async () => {
  const paymentInfoVipps = { transactionId: randomUUID() };
  const body = prepaidOrder({ paymentInfoOther: undefined, paymentInfoVipps });
  const reply = await node.post('/capi/v1/client/order', body);
  assert.deepEqual([reply.status, reply.body.code], [400, 'payment_info_differs']);
  assert.match(JSON.stringify(reply.body.fields), /"field":"paymentInfoVipps".*paymentInfoOther/);
});
