import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { orderOf } from '../../testing/money-node.ts';
import { complete, prepaidOrder, register } from '../../testing/node.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

/** An order that its site says was paid by this transaction, completed. */
async function prepaid(transactionId: string, changes: object = {}): Promise<number> {
  const info = { prepaid: true, paymentInfoNexi: { transactionId }, ...changes };
  const orderId = await register(node, orderOf([100], info));
  assert.equal((await complete(node, orderId)).body['state'], 'completed');
  return orderId;
}

const attemptsOf = (orderId: number) =>
  node.rows('SELECT attempt_id FROM payment_attempts WHERE order_id = $1', [orderId]);

test('what was reserved elsewhere becomes a payment of ours: captured, and refunded when asked', async () => {
  const id = randomUUID();
  fixture.provider.put(id, { authorizedMinor: 10_000 });
  const orderId = await prepaid(id);
  await node.runJobs();
  const { reference, captured } = await fixture.booksOf(orderId);
  assert.deepEqual([reference, captured], [id, 10_000]);
  assert.equal((await fixture.refund(orderId, { amount: 25 })).status, 202);
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(id)?.refundedMinor, 2500);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('what was captured already is not captured again, and can be refunded', async () => {
  const id = randomUUID();
  fixture.provider.put(id, { authorizedMinor: 10_000, capturedMinor: 10_000 });
  const orderId = await prepaid(id);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture succeeded 10000']);
  assert.equal(fixture.provider.calls.length, 0);
  fixture.provider.willAnswer('refund', 'silent');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

for (const [what, money] of [
  ['another amount', { authorizedMinor: 9000 }],
  ['money that went back', { authorizedMinor: 10_000, cancelledMinor: 10_000 }],
  ['nothing at all', undefined],
] as const) {
  test(`a provider that knows ${what} opens a case; the order stays completed`, async () => {
    const id = randomUUID();
    if (money) fixture.provider.put(id, money);
    const orderId = await prepaid(id);
    await node.runJobs();
    assert.deepEqual(await fixture.caseStates(orderId), ['prepayment mismatch open']);
    assert.equal((await fixture.show(orderId))['state'], 'completed');
    assert.deepEqual(await attemptsOf(orderId), []);
    assert.equal((await fixture.refund(orderId)).body['code'], 'refund_by_hand');
  });
}

test('a provider that cannot be reached is asked again; one that stays away becomes a case', async () => {
  const id = randomUUID();
  fixture.provider.put(id, { authorizedMinor: 10_000 });
  fixture.provider.goDown(true);
  const late = await prepaid(id);
  await node.runJobs();
  assert.deepEqual(await fixture.casesOf(late), []);
  fixture.provider.goDown(false);
  await node.advance(10);
  await node.runJobs();
  assert.equal((await fixture.booksOf(late)).captured, 10_000);
  const never = await prepaid(randomUUID());
  fixture.provider.goDown(true);
  await node.runJobs();
  assert.deepEqual(await fixture.casesOf(never), []);
  await fixture.waitOut();
  assert.deepEqual(await fixture.caseStates(never), ['prepayment mismatch open']);
});

test('a transaction that paid an order of ours pays no other', async () => {
  const first = await fixture.captured();
  const { reference, attempt_id: attemptId } = await fixture.booksOf(first);
  await node.rows(
    "UPDATE payment_attempts SET provider_id = 'psp-1' WHERE attempt_id = $1 RETURNING 1 AS one",
    [attemptId],
  );
  for (const transactionId of [reference, ` ${reference}\u200b`, 'psp-1']) {
    const order = orderOf([100], { prepaid: true, paymentInfoNexi: { transactionId } });
    const reply = await node.post('/capi/v1/client/order', order);
    assert.deepEqual([reply.status, reply.body['code']], [409, 'payment_already_used'], transactionId);
  }
  // What a stranger's provider calls by the same name is another transaction.
  await register(node, prepaidOrder({ paymentInfoOther: { transactionId: 'psp-1' } }));
});

test('a transaction that was confirmed is still answered by its order, and by no other', async () => {
  const id = randomUUID();
  fixture.provider.put(id, { authorizedMinor: 10_000 });
  const order = orderOf([100], { prepaid: true, paymentInfoNexi: { transactionId: id } });
  const orderId = await register(node, order);
  await complete(node, orderId);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).captured, 10_000);
  assert.equal(await register(node, order), orderId);
  const key = { 'idempotency-key': randomUUID() };
  const again = await node.post('/capi/v1/client/order', order, key);
  assert.deepEqual([again.status, again.body['orderId']], [200, orderId]);
  const other = await node.post('/capi/v1/client/order', { ...order, seller: 'another' }, key);
  assert.equal(other.body['code'], 'payment_already_used');
});

for (const [whose, change, isOurs] of [
  ['another publisher has', 'publisher_id = publisher_id + 1000', false],
  ['another account of the publisher has', "merchant_id = 'other'", false],
  ['another method has', "adapter = 'another'", false],
  ['the same account has', 'merchant_id = merchant_id', true],
] as const) {
  test(`a name that ${whose} too ${isOurs ? 'pays no other order' : 'pays its order'}`, async () => {
    const id = randomUUID() as string;
    fixture.provider.put(id, { authorizedMinor: 10_000 });
    const { attempt_id: attemptId } = await fixture.booksOf(await fixture.captured());
    const orderId = await prepaid(id);
    await node.rows(
      `UPDATE payment_attempts SET reference = $2, ${change} WHERE attempt_id = $1 RETURNING 1 AS one`,
      [attemptId, id],
    );
    await node.runJobs();
    const states = isOurs ? ['prepayment mismatch open'] : [];
    assert.deepEqual(await fixture.caseStates(orderId), states);
    assert.equal(fixture.provider.moneyOf(id)?.capturedMinor, isOurs ? 0 : 10_000);
  });
}

test('what is said beside the money is kept: a dispute opens its case, an agreement is ours', async () => {
  const id = randomUUID() as string;
  const agreement = { token: 'agr_1', state: 'active' } as const;
  fixture.provider.put(id, { authorizedMinor: 10_000, attention: 'disputed', agreement });
  const orderId = await prepaid(id);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['payment disputed open']);
  const agreements = 'SELECT state, adapter FROM payment_agreements WHERE order_id = $1';
  const adapter = 'test-reserving';
  assert.deepEqual(await node.rows(agreements, [orderId]), [{ state: 'active', adapter }]);
  const outcomes = `SELECT source, meaning, carries_money
    FROM payment_outcomes JOIN payment_attempts USING (attempt_id)
    WHERE order_id = $1 AND operation_id IS NULL`;
  assert.deepEqual(await node.rows(outcomes, [orderId]), [
    { source: 'question', meaning: 'secured', carries_money: true },
  ]);
});

test('where the method is not set up, or cannot be asked, nothing is confirmed', async () => {
  const unknown = { paymentMethod: 'kco', paymentInfoKlarna: { transactionId: randomUUID() } };
  const unaskable = { paymentMethod: 'smsPay', paymentInfoSmsPay: { transactionId: randomUUID() } };
  const other = await register(node, prepaidOrder());
  await complete(node, other);
  const orders = [await prepaid('x', unknown), await prepaid('y', unaskable), other];
  await node.runJobs();
  for (const orderId of orders) {
    assert.deepEqual([await attemptsOf(orderId), await fixture.casesOf(orderId)], [[], []]);
  }
});

test('a runner that died after the payment was booked does not book or capture it twice', async () => {
  const id = randomUUID();
  fixture.provider.put(id, { authorizedMinor: 10_000 });
  const orderId = await prepaid(id);
  const [job] = await node.rows<object>("SELECT * FROM jobs WHERE name = 'confirm-prepayment' AND key = $1", [
    String(orderId),
  ]);
  assert.ok(job);
  await node.runJobs();
  await node.rows(
    `INSERT INTO jobs (lane, name, key, publisher_id, arguments, run_at, created_at)
     SELECT lane, name, key, publisher_id, arguments, run_at, created_at
     FROM jsonb_populate_record(NULL::jobs, $1) RETURNING job_id`,
    [JSON.stringify(job)],
  );
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['capture succeeded 10000']);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});
