import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { createRegisterLane } from '../../orders/register-order.ts';
import { orderOf } from '../../testing/money-node.ts';
import { openPagePayments, type PagePayments, type Told } from '../../testing/page-payments.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { sweepUnattachedPayments } from './sweep-unattached-payments.ts';

let fixture: PagePayments;
let node: PagePayments['node'];

before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
  // Two nodes register: what comes at once to one of them shares a transaction.
  const lanes = [createRegisterLane(node.context), createRegisterLane(node.context)];
  let turn = 0;
  node.context.registerOrder = (registration) => {
    turn += 1;
    const lane = lanes[turn % lanes.length];
    assert.ok(lane);
    return lane(registration);
  };
});
after(async () => {
  const [deadlocks] = await node.rows<{ deadlocks: number }>(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  );
  await fixture.close();
  assert.equal(deadlocks?.deadlocks, 0);
});
beforeEach(() => fixture.provider.reset());

const rounds = Array.from({ length: 12 }, (_, round) => round);
let sellers = 0;

/** What is left is found, and its jobs give it back. */
async function giveBackLeft(): Promise<void> {
  await sweepUnattachedPayments(node.context);
  await node.runJobs();
}

/** An order of its own that names what the page was told. */
async function register(told: Told): Promise<{ orderId: number | undefined; code: unknown }> {
  sellers += 1;
  const order = orderOf([100], { ...told.order, externalOrderId: `seller-${sellers}` });
  const reply = await node.post('/capi/v1/client/order', order);
  return { orderId: reply.body['orderId'] as number | undefined, code: reply.body['code'] };
}

const cancel = (orderId: number | undefined) => node.post(`/capi/v1/client/order/${orderId}/cancel`);

/** As if the day of its result had gone by, while the signature is still good. */
const makeOld = (reference: string) =>
  node.rows("UPDATE payment_attempts SET ended_at = ended_at - interval '2 days' WHERE reference = $1", [
    reference,
  ]);

async function ordersOf(reference: string): Promise<number[]> {
  const rows = await node.rows<{ order_id: number }>(
    'SELECT payments.order_id FROM payments JOIN payment_attempts USING (payment_id) WHERE reference = $1',
    [reference],
  );
  return rows.flatMap((row) => row.order_id ?? []);
}

test('of two registrations at once one takes the payment, and the other hears that it is used', async () => {
  for (const _ of rounds) {
    const { told, reference } = await fixture.paid();
    const replies = await Promise.all([register(told), register(told), register(told)]);
    const taken = replies.filter((reply) => reply.orderId !== undefined);
    assert.equal(taken.length, 1);
    assert.deepEqual(await ordersOf(reference), [taken[0]?.orderId]);
    const codes = replies.flatMap((reply) => (reply.orderId === undefined ? reply.code : []));
    assert.deepEqual(codes, ['payment_already_used', 'payment_already_used']);
  }
});

test('either an order takes the payment or it goes back, never both', async () => {
  for (const _ of rounds) {
    const { told, reference } = await fixture.paid();
    await makeOld(reference);
    await sweepUnattachedPayments(node.context);
    const [reply] = await Promise.all([register(told), node.runJobs()]);
    const state = await fixture.stateOf(reference);
    assert.equal(state, reply.orderId === undefined ? 'given back' : 'of an order');
    assert.ok(reply.orderId !== undefined || reply.code === 'payment_result_is_expired', String(reply.code));
    const back = fixture.provider.moneyOf(reference)?.cancelledMinor;
    assert.equal(back, reply.orderId === undefined ? 10_000 : 0);
  }
});

test('what an order takes while giving back waits for it does not go back', async () => {
  const { reference } = await fixture.paid();
  await makeOld(reference);
  const { body } = await node.post('/capi/v1/client/order', orderOf([100]));
  const other = new pg.Client({ connectionString: node.databaseUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query(
      `WITH taken AS (UPDATE payments SET order_id = $2 FROM payment_attempts attempts
         WHERE attempts.payment_id = payments.payment_id AND reference = $1)
       UPDATE payment_attempts SET order_id = $2 WHERE reference = $1`,
      [reference, body['orderId']],
    );
    const givenBack = giveBackLeft();
    while ((await other.query(waitingForLocks)).rowCount === 0);
    await other.query('COMMIT');
    await givenBack;
  } finally {
    await other.end();
  }
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(reference)?.cancelledMinor, 0);
});

const waitingForLocks = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

test('what an order that stops lets go of is taken by another, or goes back', async () => {
  for (const _ of rounds) {
    const { told, reference } = await fixture.paid();
    const first = await register(told);
    await makeOld(reference);
    const [, second] = await Promise.all([cancel(first.orderId), register(told), giveBackLeft()]);
    const state = await fixture.stateOf(reference);
    if (second.orderId === undefined) assert.ok(state === 'given back' || state === 'secured', String(state));
    else assert.deepEqual(await ordersOf(reference), [second.orderId]);
    await giveBackLeft();
    const third = await register(told);
    const isTaken = second.orderId !== undefined;
    assert.equal(third.code, isTaken ? 'payment_already_used' : 'payment_result_is_expired');
  }
});

test('a late decline and a dispute while an order takes the payment change nothing but what they say', async () => {
  for (const _ of rounds) {
    const { told, reference } = await fixture.paid();
    const tell = (evidence: Evidence) => applyTo(reference, evidence);
    const [reply] = await Promise.all([
      register(told),
      tell({ meaning: 'declined', raw: '' }),
      tell({ meaning: 'secured', attention: 'disputed', raw: '' }),
      tell({ meaning: 'secured', attention: 'disputed', raw: '' }),
    ]);
    assert.deepEqual(await ordersOf(reference), [reply.orderId]);
    const cases = await node.rows(
      `SELECT case_id FROM cases JOIN payment_attempts USING (attempt_id)
       WHERE reference = $1 AND kind = 'payment disputed'`,
      [reference],
    );
    assert.equal(cases.length, 1);
  }
});

async function applyTo(reference: string, evidence: Evidence): Promise<void> {
  const [attempt] = await node.rows<{ attempt_id: number; publisher_id: number }>(
    'SELECT attempt_id, publisher_id FROM payment_attempts WHERE reference = $1',
    [reference],
  );
  const about = { publisherId: attempt?.publisher_id ?? 0, attemptId: attempt?.attempt_id ?? 0 };
  await node.context.database.transaction('test', async (transaction) => {
    await applyEvidence(node.context, transaction, { ...about, source: 'notice', evidence });
  });
}
