import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from './money.ts';
import { collectReversals } from './watch-locks.ts';

let fixture: MoneyFixture;
let first: Paid;
let second: Paid;

type Paid = { order_id: number; payment_id: number; attempt_id: number };

before(async () => {
  fixture = await openMoneyFixture();
  first = await pay();
  second = await pay();
});
after(() => fixture.close());

async function pay(): Promise<Paid> {
  const orderId = await fixture.ordered();
  await fixture.node.runJobs();
  const [paid] = await fixture.node.rows<Paid>(
    'SELECT order_id, payment_id, attempt_id FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  assert.ok(paid);
  return paid;
}

const lockOrder = sql('test.lockOrder', 'SELECT order_id FROM orders WHERE order_id = $1 FOR UPDATE');
const lockOrders = (sorting: string) =>
  sql('test.lockOrders', `SELECT 1 FROM orders WHERE order_id = ANY ($1::bigint[]) ${sorting} FOR UPDATE`);
const lockPayment = sql('test.lockPayment', 'SELECT 1 FROM payments WHERE payment_id = $1 FOR UPDATE');
const touchOrder = sql('test.touchOrder', 'UPDATE orders SET state = state WHERE order_id = $1');
const touchAttempt = sql(
  'test.touchAttempt',
  'UPDATE payment_attempts SET state = state WHERE attempt_id = $1',
);
const lockFree = sql(
  'test.lockFree',
  'SELECT order_id FROM orders ORDER BY order_id DESC FOR UPDATE SKIP LOCKED',
);

type Steps = (transaction: Transaction) => Promise<unknown>[];

const cases: [name: string, steps: Steps, reversal: RegExp | undefined][] = [
  [
    'order, payment, attempt, and the order again',
    (to) => [
      to.query(lockOrder, [first.order_id]),
      to.query(lockPayment, [first.payment_id]),
      to.query(touchAttempt, [first.attempt_id]),
      to.query(touchOrder, [first.order_id]),
    ],
    undefined,
  ],
  [
    'an order after its payment',
    (to) => [to.query(lockPayment, [first.payment_id]), to.query(touchOrder, [first.order_id])],
    /^orders after payments: test\.lockPayment:\w+, test\.touchOrder:\w+$/,
  ],
  [
    'a payment after its attempt',
    (to) => [to.query(touchAttempt, [first.attempt_id]), to.query(lockPayment, [first.payment_id])],
    /^payments after payment_attempts/,
  ],
  [
    'another order after the payment of the first',
    (to) => [
      to.query(lockOrder, [first.order_id]),
      to.query(lockPayment, [first.payment_id]),
      to.query(lockOrder, [second.order_id]),
    ],
    /^orders after payments/,
  ],
  [
    'two orders, the later one first',
    (to) => [to.query(lockOrder, [second.order_id]), to.query(lockOrder, [first.order_id])],
    /^orders not by their ids/,
  ],
  [
    'two payments, the later one first',
    (to) => [to.query(lockPayment, [second.payment_id]), to.query(lockPayment, [first.payment_id])],
    /^payments not by their ids/,
  ],
  [
    'many orders by their ids',
    (to) => [to.query(lockOrders('ORDER BY order_id'), [[second.order_id, first.order_id]])],
    undefined,
  ],
  [
    'many orders as they come',
    (to) => [to.query(lockOrders(''), [[first.order_id, second.order_id]])],
    /^orders in no order/,
  ],
  ['orders that nobody has locked', (to) => [to.query(lockFree)], undefined],
  [
    'a statement that locks nothing',
    (to) => [to.query(lockPayment, [first.payment_id]), to.query(touchOrder, [0])],
    undefined,
  ],
];

for (const [name, steps, expected] of cases) {
  test(`a transaction that locks ${name} is ${expected ? 'found' : 'in order'}`, async () => {
    const [reversal, ...others] = await collectReversals(() =>
      fixture.node.context.database.transaction('test', (transaction) => Promise.all(steps(transaction))),
    );
    if (expected) assert.match(reversal ?? '', expected);
    else assert.equal(reversal, undefined);
    assert.deepEqual(others, []);
  });
}
