import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { openTestMethod } from '../../testing/payment-method.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { reconcile } from './reconcile.ts';

const testPay = openTestMethod();
let node: TestNode;
before(async () => {
  node = await openTestNode();
  await node.put('/capi/v1/client/payment-methods/test-pay/default', {
    settings: { baseUrl: 'http://127.0.0.1:9/pay', shop: 'shop', key: 'key' },
  });
});
after(() => node.close());
beforeEach(() => {
  testPay.calls.splice(0);
  answer({ meaning: 'pending' });
});

const run = (applies = false) => reconcile(node.context, { days: 7, applies, pauseMilliseconds: 0 });
const answer = (evidence: Omit<Evidence, 'raw'>) => {
  testPay.told.evidence = { ...evidence, raw: '' };
};
const stateOf = async (orderId: number) => (await node.get(`/capi/v1/client/order/${orderId}`)).body['state'];

/** An order whose charge is at work at the provider. */
async function begin(wishes: object = {}, account: object = {}): Promise<number> {
  const orderId = await register(node, smsOrder('+4790000001', { paymentMethod: 'nexi', ...account }));
  assert.equal((await complete(node, orderId, wishes)).body['fulfillmentStatus'], 'OK');
  await node.runJobs();
  return orderId;
}

const all = { authorizedMinor: 14_900, capturedMinor: 14_900, refundedMinor: 0, cancelledMinor: 0 };

test('where both sides agree there is nothing to tell', async () => {
  await begin();
  answer({ meaning: 'pending' });
  const found = await run();
  assert.equal(found.asked, 1);
  assert.deepEqual([found.unknownToUs, found.unknownToProvider, found.unnotified], [[], [], []]);
});

test('money at the provider that we do not know is listed, and booked only when told to', async () => {
  const orderId = await begin();
  answer({ meaning: 'secured', money: all });
  const found = await run();
  assert.ok(found.unknownToUs.some((one) => one.orderId === orderId && /14900 there, 0 here/.test(one.says)));
  assert.equal(await stateOf(orderId), 'paying');
  await run(true);
  assert.equal(await stateOf(orderId), 'completed');
  assert.ok(!(await run()).unknownToUs.some((one) => one.orderId === orderId));
});

test('money we believe in that the provider does not know is listed', async () => {
  const orderId = await begin();
  answer({ meaning: 'secured', money: all });
  await run(true);
  answer({ meaning: 'declined', code: 'nothing here' });
  const found = await run(true);
  assert.ok(found.unknownToProvider.some((one) => one.orderId === orderId));
  assert.equal(await stateOf(orderId), 'completed');
});

test('the provider is asked at the address that the attempt was made with', async () => {
  await begin();
  await node.put('/capi/v1/client/payment-methods/test-pay/default', {
    settings: { baseUrl: 'http://127.0.0.1:9/moved', shop: 'shop', key: 'new-key' },
  });
  answer({ meaning: 'unknown', code: 'timeout' });
  testPay.calls.splice(0);
  const found = await run();
  assert.ok(found.unanswered.length > 0);
  assert.deepEqual(
    [...new Set(testPay.calls.map((call) => call.settings['baseUrl']))],
    ['http://127.0.0.1:9/pay'],
  );
  assert.equal(testPay.calls[0]?.settings['key'], 'new-key');
});

test('no account waits for another, and each is asked one question at a time', {
  timeout: 20_000,
}, async () => {
  await node.put('/capi/v1/client/payment-methods/test-pay/second', {
    settings: { baseUrl: 'http://127.0.0.1:9/pay', shop: 'second', key: 'key' },
  });
  for (const account of [{}, { merchantId: 'second' }, {}, { merchantId: 'second' }])
    await begin({}, account);
  const atWork = new Map<string, number>();
  let isSecondAsked = () => {};
  const secondAsked = new Promise<void>((resolve) => (isSecondAsked = resolve));
  const { ask } = testPay.method;
  testPay.method.ask = async ({ settings: { shop = '' } }) => {
    atWork.set(shop, (atWork.get(shop) ?? 0) + 1);
    assert.equal(atWork.get(shop), 1);
    // The first account's answer comes only after the other has been asked too.
    if (shop === 'second') isSecondAsked();
    else await secondAsked;
    atWork.set(shop, 0);
    return { meaning: 'pending', raw: '' };
  };
  try {
    assert.ok((await run()).asked >= 4);
  } finally {
    Object.assign(testPay.method, { ask });
  }
});

test('what cannot be asked is counted, and what is older than the days is left', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  assert.equal((await run()).notAskable, 1);
  await node.advance(8 * 86_400);
  const found = await run();
  assert.deepEqual([found.asked, found.notAskable], [0, 0]);
});

test('an ended order whose callback has no try left is listed, one that still waits is not', async () => {
  const callbackUrl = 'http://127.0.0.1:9/callback';
  const [unnotified, waiting] = [await begin({ callbackUrl }), await begin({ callbackUrl })];
  answer({ meaning: 'secured', money: all });
  await run(true);
  await node.rows(
    `UPDATE deliveries SET state = 'failed', ended_at = leveret_now(), failed_at = leveret_now()
     WHERE order_id = $1 RETURNING delivery_id`,
    [unnotified],
  );
  const listed = (await run()).unnotified.map((one) => one.orderId);
  assert.ok(listed.includes(unnotified));
  assert.ok(!listed.includes(waiting));
});
