import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transaction } from '../../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, reservedWith } from '../../testing/operations.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import type { OperationState } from '../payment.ts';
import { lockMoney, lockMoneyOfOrder } from './attempt-money.ts';
import { bookOperations } from './book-operations.ts';
import { lockOperation } from './operations-store.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

function inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return node.context.database.transaction('test', work);
}

const reserved = (operations: readonly PlantedOperation[] = []) => reservedWith(fixture, operations);

const states: readonly OperationState[] = ['created', 'sent', 'unknown', 'by_hand', 'succeeded', 'failed'];

test('what is under way with the money of an attempt, by kind and state', async () => {
  for (const state of states) {
    const kinds: PlantedOperation[] = [
      { kind: 'capture', state, amount: 1 },
      { kind: 'capture', state, amount: 2, due: 60 },
      { kind: 'capture', state, amount: 4, due: -60 },
      { kind: 'refund', state, amount: 8 },
      { kind: 'cancel', state, amount: 16 },
    ];
    const [about] = [await reserved(kinds), await reserved([{ kind: 'capture', amount: 32 }])];
    const money = await inTransaction((transaction) =>
      lockMoney(transaction, about.publisherId, about.attemptId),
    );
    assert.ok(money);
    const { capturing, planned, refunding, releasing, authorized } = money;
    const isUnderWay = state !== 'succeeded' && state !== 'failed';
    // A capture that waits for its day is planned; one that was called before its day is under way.
    const expected = !isUnderWay ? [0, 0, 0, 0] : state === 'created' ? [5, 2, 8, 16] : [7, 0, 8, 16];
    assert.deepEqual([capturing, planned, refunding, releasing], expected, state);
    assert.equal(authorized, 10_000);
    assert.deepEqual(
      await inTransaction((transaction) => lockMoneyOfOrder(transaction, about.publisherId, about.orderId)),
      [money],
    );
  }
});

test('the money of an order is that of its secured attempts, the oldest first, and no renewal’s', async () => {
  const { publisherId, orderId, attemptId } = await reserved();
  await reserved();
  const insert = async (state: string, purpose: string) => {
    const [row] = await node.rows<{ attempt_id: number }>(
      `WITH own AS (SELECT payment_id FROM payment_attempts WHERE attempt_id = $1), renewal AS (
         INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at)
         SELECT publisher_id, order_id, 'renewal', amount_minor, currency, window_ends_at, created_at
         FROM payments JOIN own USING (payment_id) WHERE $3 = 'renewal' RETURNING payment_id)
       INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
         authorized_minor, created_at)
       SELECT coalesce((SELECT payment_id FROM renewal), payment_id), publisher_id, order_id, adapter,
         gen_random_uuid(), gen_random_uuid(), $2, 700, leveret_now()
       FROM payment_attempts WHERE attempt_id = $1 RETURNING attempt_id`,
      [attemptId, state, purpose],
    );
    return row?.attempt_id ?? 0;
  };
  const second = await insert('secured', 'order');
  const declined = await insert('declined', 'order');
  const renewal = await insert('secured', 'renewal');
  await inTransaction(async (transaction) => {
    const money = await lockMoneyOfOrder(transaction, publisherId, orderId);
    assert.deepEqual(
      money.map((one) => one.attempt_id),
      [attemptId, second],
    );
    assert.equal((await lockMoney(transaction, publisherId, renewal))?.authorized, 700);
    assert.equal(await lockMoney(transaction, publisherId, declined), undefined);
    assert.equal(await lockMoney(transaction, publisherId + 1, attemptId), undefined);
    assert.deepEqual(await lockMoneyOfOrder(transaction, publisherId + 1, orderId), []);
  });
});

type Locked = Awaited<ReturnType<typeof reserved>>;
const locks: [string, (transaction: Transaction, about: Locked) => Promise<unknown>, string][] = [
  ['an attempt’s money', (t, about) => lockMoney(t, about.publisherId, about.attemptId), 'payment_attempts'],
  [
    'an order’s money',
    (t, about) => lockMoneyOfOrder(t, about.publisherId, about.orderId),
    'payment_attempts',
  ],
  [
    'an operation',
    (t, about) => lockOperation(t, about.publisherId, about.operationId),
    'payment_operations',
  ],
];

for (const [name, lock, table] of locks) {
  test(`reading ${name} keeps others from it, and from nothing else`, async () => {
    const [about, other] = [await reserved([{ kind: 'refund' }]), await reserved([{ kind: 'refund' }])];
    const freeRows = async (one: Locked) =>
      (
        await node.rows(
          `SELECT 1 AS one FROM ${table} WHERE attempt_id = $1 AND state <> 'succeeded' OR attempt_id = $1
             AND $2 = 'payment_attempts' FOR UPDATE SKIP LOCKED`,
          [one.attemptId, table],
        )
      ).length;
    await inTransaction(async (transaction) => {
      await lock(transaction, about);
      assert.deepEqual([await freeRows(about), await freeRows(other)], [0, 1]);
    });
  });
}

test('our own sums are what is booked at least, where nobody tells of totals', async () => {
  const done: PlantedOperation[] = [
    { kind: 'capture', state: 'succeeded', amount: 60 },
    { kind: 'capture', state: 'succeeded', amount: 20 },
    { kind: 'refund', state: 'succeeded', amount: 30 },
    { kind: 'cancel', state: 'succeeded', amount: 5 },
    { kind: 'capture', state: 'sent', amount: 1000 },
    { kind: 'refund', state: 'failed', amount: 1 },
    { kind: 'cancel', state: 'created', amount: 1000 },
  ];
  const [about, other] = [await reserved(done), await reserved(done)];
  const book = (publisherId: number) =>
    inTransaction(async (transaction) => {
      await lockPayment(transaction, about);
      await bookOperations(transaction, { ...about, publisherId });
    });
  const booked = async ({ orderId }: Locked) => {
    const { authorized, captured, refunded, cancelled } = await fixture.booksOf(orderId);
    return [authorized, captured, refunded, cancelled];
  };
  await book(about.publisherId + 1);
  assert.deepEqual(await booked(about), [10_000, 0, 0, 0]);
  await book(about.publisherId);
  await book(about.publisherId);
  assert.deepEqual(await booked(about), [10_000, 80, 30, 5]);
  assert.deepEqual(await booked(other), [10_000, 0, 0, 0]);
  const more = { authorizedMinor: 10_000, capturedMinor: 90, refundedMinor: 40, cancelledMinor: 9 };
  await fixture.tell(about.orderId, { meaning: 'secured', money: more });
  await book(about.publisherId);
  assert.deepEqual(await booked(about), [10_000, 90, 40, 9]);
});
