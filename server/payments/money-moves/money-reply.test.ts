import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { prepaidOrder, register } from '../../testing/node.ts';
import { type PlantedOperation, reservedWith } from '../../testing/operations.ts';
import { findTotals, showOperations } from './money-reply.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

/** Captures and what goes back in each state, with amounts that tell in a sum which of them it is of. */
const states = ['created', 'sent', 'unknown', 'by_hand', 'succeeded', 'failed'] as const;
const operations: PlantedOperation[] = [
  ...states.map((state, index) => ({ kind: 'capture', state, amount: 2 ** index }) as const),
  ...states.map((state, index) => ({ kind: 'cancel', state, amount: 100 * 2 ** index }) as const),
  { kind: 'refund', amount: 10_000 },
];

/** An order of which 50 are taken, 3 are refunded, 0.20 are released and 0.04 are credited. */
async function moved() {
  const about = await reservedWith(fixture, operations);
  await node.rows(
    `WITH invoice AS (
       INSERT INTO invoices (publisher_id, order_id, customer_number, state, amount_minor, credited_minor,
         currency, drafted_at)
       SELECT publisher_id, order_id, 1, 'draft', 100, 4, 'NOK', leveret_now() FROM orders WHERE order_id = $1),
     renewal AS (
       INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at,
         captured_minor, refunded_minor)
       SELECT publisher_id, order_id, 'renewal', 100, 'NOK', leveret_now(), leveret_now(), 900, 800
       FROM orders WHERE order_id = $1 RETURNING *),
     attempt AS (
       INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
         created_at)
       SELECT payment_id, publisher_id, order_id, 'test-reserving', gen_random_uuid(), gen_random_uuid(),
         'secured', leveret_now() FROM renewal RETURNING *),
     move AS (
       INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
       SELECT attempt_id, publisher_id, kind, gen_random_uuid(), 70000, 'created', leveret_now()
       FROM attempt, unnest(ARRAY['capture', 'refund']) AS kind)
     UPDATE payments SET captured_minor = 5000, refunded_minor = 300, cancelled_minor = 20
     WHERE order_id = $1 AND purpose = 'order' RETURNING payment_id`,
    [about.orderId],
  );
  return about;
}

test('the totals of an order are what moved and what is on its way, of no renewal and no other order', async () => {
  const [{ publisherId, orderId }] = [await moved(), await moved()];
  assert.deepEqual(await findTotals(node.context.database, publisherId, orderId), {
    currency: 'NOK',
    captured: 5000,
    refunded: 324,
    capturing: 15,
    returning: 11_500,
  });
  await assert.rejects(findTotals(node.context.database, publisherId + 1, orderId), /the order is gone/);
});

test('of an order of which nothing moved, or that has no payment, all totals are nothing', async () => {
  const { publisherId, orderId } = await reservedWith(fixture);
  for (const id of [orderId, await register(node, prepaidOrder())])
    assert.deepEqual(await findTotals(node.context.database, publisherId, id), {
      currency: 'NOK',
      captured: 0,
      refunded: 0,
      capturing: 0,
      returning: 0,
    });
});

test('operations are shown in the order in which they were written, and no other publisher’s', async () => {
  const { publisherId, operationIds } = await reservedWith(fixture, operations.slice(0, 3));
  const [first = 0, , third = 0] = operationIds;
  // Written anew, so that it stands behind the others in the table.
  await node.rows("UPDATE payment_operations SET code = 'late' WHERE operation_id = $1 RETURNING 1 AS one", [
    first,
  ]);
  const show = (whose: number) => showOperations(node.context.database, whose, [third, first], 'NOK');
  assert.deepEqual(await show(publisherId), [
    { operationId: first, kind: 'capture', amount: 0.01, state: 'created' },
    { operationId: third, kind: 'capture', amount: 0.04, state: 'unknown' },
  ]);
  assert.deepEqual(await show(publisherId + 1), []);
});
