import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';

/** A person gives back what a refund of ours is, or was, about too. */

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let provider: MoneyFixture['provider'];
before(async () => {
  fixture = await openMoneyFixture();
  ({ node, provider } = fixture);
});
after(() => fixture.close());
beforeEach(() => provider.reset());

const moving = [409, 'money_is_under_way'];

/** Answers the open case of an order. */
async function answer(orderId: number, outcome: string): Promise<unknown[]> {
  const open = (await fixture.casesOf(orderId)).find((one) => one.state === 'open');
  const path = `/capi/v1/client/cases/${open?.case_id}/resolve`;
  const { status, body } = await node.post(path, { outcome, evidence: 'looked' });
  return status === 200 ? [status] : [status, body['code']];
}

async function dispute(orderId: number): Promise<void> {
  const { attempt_id: attemptId } = await fixture.booksOf(orderId);
  const about = { publisherId: node.client.publisher.publisherId, attemptId, source: 'notice' } as const;
  const evidence = { meaning: 'secured', attention: 'disputed', raw: '' } as const;
  await node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, { ...about, evidence }),
  );
}

const backAtProvider = async (orderId: number) =>
  provider.moneyOf((await fixture.booksOf(orderId)).reference)?.refundedMinor;
const booked = async (orderId: number) => {
  const { captured, refunded, cancelled } = await fixture.booksOf(orderId);
  return [captured, refunded, cancelled];
};

test('given back while a refund is at a provider whose account is gone: the answer waits', async () => {
  const orderId = await fixture.captured();
  await dispute(orderId);
  provider.willAnswer('refund', 'pending');
  await fixture.refund(orderId);
  await node.runJobs();
  const { methods } = node.context;
  node.context.methods = { ...methods, findByAdapter: () => undefined };
  await node.advance(3);
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), moving);
  node.context.methods = methods;
  provider.finish();
  await fixture.waitOut();
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 10_000]);
});

test('an account is kept while a refund is on its way, and may go when that is done', async () => {
  const account = '/capi/v1/client/payment-methods/test-whole/default';
  const orderId = await fixture.captured([100], { paymentMethod: 'swishPayex' });
  provider.willAnswer('refund', 'pending');
  await fixture.refund(orderId);
  await node.runJobs();
  const refused = await node.delete(account);
  assert.deepEqual([refused.status, refused.body['code']], [409, 'merchant_is_in_use']);
  provider.finish();
  await fixture.waitOut();
  assert.equal(await backAtProvider(orderId), 10_000);
  assert.equal((await node.delete(account)).status, 200);
});

test('of a refund that failed, of which another gave a part back, a person gave the rest', async () => {
  const orderId = await fixture.captured();
  provider.willAnswer('refund', 'refused');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.equal((await fixture.refund(orderId, { amount: 60 })).status, 202);
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 6000]);
  assert.equal((await fixture.refund(orderId)).body['code'], 'nothing_to_refund');
});

/** A refund of a part that the provider refuses, and that a person gives back by hand. */
async function partByHand(): Promise<number> {
  const orderId = await fixture.captured();
  provider.willAnswer('refund', 'refused');
  await fixture.refund(orderId, { amount: 40 });
  await node.runJobs();
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 4000, 0], 0]);
  return orderId;
}

const refundedBy = async (orderId: number) =>
  (
    await node.rows<{ amount: number }>(
      `SELECT (facts->>'amountMinor')::integer AS amount FROM events
       WHERE order_id = $1 AND name = 'payment refunded' ORDER BY event_id`,
      [orderId],
    )
  ).map(({ amount }) => amount);

for (const plan of ['told with totals', 'silent', 'lost', 'pending'] as const) {
  test(`a part by hand first, a machine's refund after, ${plan}: both count`, async () => {
    const orderId = await partByHand();
    if (plan !== 'told with totals') provider.willAnswer('refund', plan);
    assert.equal((await fixture.refund(orderId, { amount: 30 })).status, 202);
    await node.runJobs();
    if (plan === 'pending') provider.finish();
    await fixture.waitOut();
    assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 7000, 0], 3000]);
    assert.deepEqual(await refundedBy(orderId), [4000, 3000]);
    assert.equal((await fixture.refund(orderId)).status, 202);
    await node.runJobs();
    assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 6000]);
    assert.equal((await fixture.refund(orderId)).body['code'], 'nothing_to_refund');
    assert.deepEqual(await fixture.caseStates(orderId), ['refund failed resolved']);
  });
}

test('what the provider told of before a person says so is what the person did', async () => {
  const orderId = await fixture.captured();
  provider.willAnswer('refund', 'refused');
  await fixture.refund(orderId, { amount: 40 });
  await node.runJobs();
  const { reference } = await fixture.booksOf(orderId);
  const money = { authorizedMinor: 10_000, capturedMinor: 10_000, refundedMinor: 4000, cancelledMinor: 0 };
  provider.put(reference, money);
  await fixture.tell(orderId, { meaning: 'secured', money });
  assert.deepEqual(await answer(orderId, 'given_back'), [200]);
  await fixture.tell(orderId, { meaning: 'secured', money });
  assert.deepEqual(await booked(orderId), [10_000, 4000, 0]);
  await fixture.refund(orderId);
  await node.runJobs();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 10_000, 0], 10_000]);
});

test('a call that succeeded is booked although the totals beside it are stale', async () => {
  const orderId = await fixture.reserved([100], ['dispatched']);
  provider.willAnswer('capture', 'stale');
  await fixture.capture(orderId);
  await node.runJobs();
  assert.deepEqual(await booked(orderId), [10_000, 0, 0]);
  provider.willAnswer('refund', 'stale');
  await fixture.refund(orderId, { amount: 60 });
  await node.runJobs();
  assert.deepEqual([await booked(orderId), await backAtProvider(orderId)], [[10_000, 6000, 0], 6000]);
});
