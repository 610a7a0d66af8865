import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { lockOrder } from '../ledger/attempts-store.ts';
import { planCaptures } from './capture-payment.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

/** What an offer says of when its line is captured; a number is hours until the line starts. */
type Rule = 'access' | 'dispatched' | 'by hand' | number;

/** A completed order of which nothing was captured, and whose lines are to be captured by these rules now. */
async function reservedBy(rules: readonly Rule[], prices = rules.map(() => 50)): Promise<number> {
  const orderId = await fixture.reserved(
    prices,
    rules.map(() => 'dispatched'),
  );
  for (const [index, rule] of rules.entries()) {
    const isStart = typeof rule === 'number';
    await node.rows(
      `UPDATE order_lines SET capture_when = $3,
         starts_at = CASE WHEN $4 THEN leveret_now() + $5::integer * interval '1 hour' END
       WHERE order_id = $1 AND line_number = $2 RETURNING 1 AS one`,
      [orderId, index + 1, isStart ? 'start' : rule, isStart, isStart ? rule : 0],
    );
  }
  return orderId;
}

async function plan(orderIds: readonly number[], whose: number = node.client.publisher.publisherId) {
  await node.context.database.transaction('test', async (transaction) => {
    for (const orderId of orderIds) await lockOrder(transaction, whose, orderId);
    await planCaptures(
      transaction,
      orderIds.map((orderId) => ({ publisherId: whose, orderId })),
    );
  });
}

/** Each capture as its amount, its lines, why it was written, and in how many hours it is due. */
async function capturesOf(orderId: number): Promise<string[]> {
  const rows = await node.rows<{ told: string }>(
    `SELECT concat_ws(' ', amount_minor, array_to_string(line_numbers, '+'), array_to_string(line_amounts, '+'),
       cause, round(extract(epoch FROM due_at - leveret_now()) / 3600)::integer) AS told
     FROM payment_operations JOIN payment_attempts USING (attempt_id)
     WHERE order_id = $1 AND kind = 'capture' ORDER BY operation_id`,
    [orderId],
  );
  return rows.map(({ told }) => told);
}

const rules: [Rule[], string[]][] = [
  [['access'], ['5000 1 5000 access']],
  [['access', 'access'], ['10000 1+2 5000+5000 access']],
  [[5], ['5000 1 5000 start 5']],
  [[-5], ['5000 1 5000 access']],
  [
    [7, 'access', 5, -5],
    ['10000 2+4 5000+5000 access', '5000 3 5000 start 5', '5000 1 5000 start 7'],
  ],
  [['dispatched', 'by hand'], []],
  [['by hand', 'access', 'dispatched'], ['5000 2 5000 access']],
];

for (const [lines, expected] of rules) {
  test(`lines that are captured by ${lines.join(', ')}: ${expected.join('; ') || 'nothing is'}`, async () => {
    const orderId = await reservedBy(lines);
    await plan([orderId]);
    assert.deepEqual(await capturesOf(orderId), expected);
  });
}

test('several orders at once, one of them twice, are each captured once, and no other is', async () => {
  const [first, second, other] = [
    await reservedBy(['access', 'dispatched']),
    await reservedBy([5, 'dispatched']),
    await reservedBy(['access']),
  ];
  await plan([first, second, first]);
  assert.deepEqual(await capturesOf(first), ['5000 1 5000 access']);
  assert.deepEqual(await capturesOf(second), ['5000 1 5000 start 5']);
  assert.deepEqual(await capturesOf(other), []);
});

test('the order of another publisher is not there', async () => {
  const orderId = await reservedBy(['access']);
  await plan([orderId], node.client.publisher.publisherId + 1);
  assert.deepEqual(await capturesOf(orderId), []);
});

test('a line that costs nothing is no part of a capture', async () => {
  const orderId = await reservedBy(['access', 'access'], [50, 0]);
  await plan([orderId]);
  assert.deepEqual(await capturesOf(orderId), ['5000 1 5000 access']);
});

/** Attempts that are older than the one that has the money, by what they are and have. */
const olders: [string, string, number, number, number][] = [
  ['of a renewal', 'secured', 5000, 0, 0],
  ['declined', 'declined', 5000, 0, 0],
  ['all taken', 'secured', 5000, 5000, 0],
  ['all released', 'secured', 5000, 0, 5000],
  ['taken and released', 'secured', 5000, 3000, 2000],
];

for (const [name, state, authorized, taken, released] of olders) {
  test(`beside an attempt that is ${name}, the one that has money left is captured`, async () => {
    const orderId = await reservedBy(['access']);
    // The order's own money is that of an attempt of its own, which is younger.
    const [row] = await node.rows<{ attempt_id: number }>(
      `WITH payment AS (SELECT * FROM payments WHERE order_id = $1), renewal AS (
         INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at)
         SELECT publisher_id, order_id, 'renewal', amount_minor, currency, window_ends_at, created_at
         FROM payment WHERE $2 RETURNING payment_id),
       older AS (
         INSERT INTO payment_attempts (attempt_id, payment_id, publisher_id, order_id, adapter, reference,
           notice_token, state, authorized_minor, captured_minor, cancelled_minor, created_at)
         OVERRIDING SYSTEM VALUE
         SELECT -attempt_id, coalesce((SELECT payment_id FROM renewal), payment_id), publisher_id, order_id,
           adapter, gen_random_uuid(), gen_random_uuid(), $3, $4, $5, $6, created_at
         FROM payment_attempts WHERE order_id = $1)
       SELECT attempt_id FROM payment_attempts WHERE order_id = $1`,
      [orderId, name === 'of a renewal', state, authorized, taken, released],
    );
    await plan([orderId]);
    const captured = await node.rows<{ attempt_id: number }>(
      `SELECT attempt_id FROM payment_operations JOIN payment_attempts USING (attempt_id)
       WHERE order_id = $1 AND kind = 'capture'`,
      [orderId],
    );
    assert.deepEqual(captured, [row]);
  });
}
