import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { orderOf } from '../../testing/money-node.ts';
import { register } from '../../testing/node.ts';
import type { Purpose } from '../payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { applyEvidence } from './apply-evidence.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

let made = 0;

/** A payment with one attempt that the provider is at work with, of an order or of none. */
async function pendingPayment(purpose: Purpose, orderId?: number) {
  made += 1;
  const [row] = await node.rows<{ attempt_id: number; payment_id: number }>(
    `WITH paid AS (
       INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at)
       VALUES ($1, $2, $3, 4000, 'NOK', leveret_now(), leveret_now()) RETURNING payment_id)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       created_at)
     SELECT payment_id, $1, $2, 'test-reserving', $4, $4, 'pending', leveret_now() FROM paid
     RETURNING attempt_id, payment_id`,
    [node.client.publisher.publisherId, orderId ?? null, purpose, `apart-${made}`],
  );
  assert.ok(row);
  return { attemptId: row.attempt_id, paymentId: row.payment_id };
}

const taken = { authorizedMinor: 4000, capturedMinor: 4000, refundedMinor: 0, cancelledMinor: 0 };

function tell(attemptId: number, evidence: Pick<Evidence, 'meaning' | 'money'>): Promise<string> {
  const { publisherId } = node.client.publisher;
  const received = {
    publisherId,
    attemptId,
    source: 'question',
    evidence: { ...evidence, raw: 'raw' },
  } as const;
  return node.context.database.transaction('test', (transaction) =>
    applyEvidence(node.context, transaction, received),
  );
}

const movesOf = (attemptId: number) =>
  node.rows('SELECT kind FROM payment_operations WHERE attempt_id = $1', [attemptId]);

test('renewal money on a completed order stays, and no refund of the order touches it', async () => {
  const orderId = await fixture.captured();
  const { attemptId } = await pendingPayment('renewal', orderId);
  assert.equal(await tell(attemptId, { meaning: 'secured', money: taken }), 'secured');
  await node.runJobs();
  assert.deepEqual(await movesOf(attemptId), []);
  assert.deepEqual(await fixture.caseStates(orderId), []);
  assert.equal((await fixture.refund(orderId, { amount: 101 })).body['code'], 'refund_exceeds_payment');
  assert.equal((await fixture.refund(orderId)).status, 202);
  await node.runJobs();
  assert.deepEqual(await movesOf(attemptId), []);
  const { payment } = (await fixture.show(orderId)) as { payment: { captured: number; refunded: number } };
  assert.deepEqual([payment.captured, payment.refunded], [100, 100]);
});

test('a renewal that is declined changes nothing for the order', async () => {
  const orderId = await fixture.captured();
  const { attemptId } = await pendingPayment('renewal', orderId);
  assert.equal(await tell(attemptId, { meaning: 'declined' }), 'declined');
  assert.equal((await fixture.show(orderId))['state'], 'completed');
});

test('renewal money completes no order that has stopped, whatever asks for it', async () => {
  const orderId = await register(node, orderOf([40]));
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  const { attemptId } = await pendingPayment('renewal', orderId);
  await tell(attemptId, { meaning: 'secured', money: taken });
  const reopen = () =>
    node.rows(
      "UPDATE orders SET state = 'completed', stopped_reason = NULL WHERE order_id = $1 RETURNING state",
      [orderId],
    );
  await assert.rejects(reopen, { code: 'LV002' });
  await tell((await pendingPayment('order', orderId)).attemptId, { meaning: 'secured', money: taken });
  assert.equal((await fixture.show(orderId))['state'], 'stopped');
  assert.deepEqual(await reopen(), [{ state: 'completed' }]);
});

test('a payment without an order has a case without one, which a person answers', async () => {
  const { attemptId, paymentId } = await pendingPayment('order');
  const unresolvable = { meaning: 'unknown', isUnresolvable: true } as const;
  await tell(attemptId, unresolvable);
  const { body } = await node.get('/capi/v1/client/cases?state=open');
  const [open] = body['cases'] as { caseId: number; orderId: null; attemptId: number; kind: string }[];
  assert.deepEqual([open?.orderId, open?.attemptId, open?.kind], [null, attemptId, 'attempt unresolved']);
  await tell(attemptId, unresolvable);
  const again = await node.get('/capi/v1/client/cases?state=open');
  assert.equal((again.body['cases'] as object[]).length, 1);
  const [event] = await node.rows<{ facts: { paymentId?: number } }>(
    "SELECT facts FROM events WHERE order_id IS NULL AND name = 'attempt unresolved'",
  );
  assert.equal(event?.facts.paymentId, paymentId);
  const answer = { outcome: 'paid', evidence: 'asked the provider' };
  assert.equal((await node.post(`/capi/v1/client/cases/${open?.caseId}/resolve`, answer)).status, 200);
  const [row] = await node.rows('SELECT state, captured_minor FROM payment_attempts WHERE attempt_id = $1', [
    attemptId,
  ]);
  assert.deepEqual(row, { state: 'secured', captured_minor: 0 });
});

test('evidence that waits while an order takes its payment is applied to that order', async () => {
  const { attemptId, paymentId } = await pendingPayment('order');
  const orderId = await register(node, orderOf([40]));
  const other = new pg.Client({ connectionString: node.databaseUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    for (const table of ['payments', 'payment_attempts'])
      await other.query(`UPDATE ${table} SET order_id = $2 WHERE payment_id = $1`, [paymentId, orderId]);
    const applied = tell(attemptId, { meaning: 'secured', money: taken });
    while ((await other.query(waitingForLocks)).rowCount === 0);
    await other.query('COMMIT');
    assert.equal(await applied, 'secured');
    assert.equal((await fixture.show(orderId))['state'], 'completed');
  } finally {
    await other.end();
  }
});

const waitingForLocks = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

test('evidence is sealed with a key of its payment', async () => {
  const { attemptId, paymentId } = await pendingPayment('method');
  await tell(attemptId, { meaning: 'declined' });
  assert.equal((await node.rows('SELECT FROM payment_keys WHERE payment_id = $1', [paymentId])).length, 1);
});
