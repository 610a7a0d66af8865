import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readLocks } from './read-locks.ts';

const cases: [name: string, text: string, locks: string[]][] = [
  ['nothing that is only read', 'SELECT order_id FROM orders WHERE order_id = $1', []],
  ['no other tables', 'UPDATE grants SET revoked_at = now() FROM orders WHERE order_id = $1', []],
  [
    'one row by its key',
    'SELECT state FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
    ['orders by $2'],
  ],
  ['a share of a row', 'SELECT FROM payments WHERE payment_id = $1 FOR NO KEY UPDATE', ['payments by $1']],
  [
    'only what is named, in the order in which it is named',
    `SELECT 1 FROM payment_attempts attempts JOIN payments USING (payment_id) JOIN orders USING (order_id)
     WHERE attempts.attempt_id = $1 FOR UPDATE OF payments, attempts`,
    ['payments', 'payment_attempts by $1'],
  ],
  [
    'every table of a join',
    'SELECT 1 FROM orders JOIN payments USING (order_id) FOR SHARE',
    ['orders', 'payments'],
  ],
  [
    'sorted rows',
    'SELECT 1 FROM orders WHERE order_id = ANY ($1::bigint[]) ORDER BY order_id FOR UPDATE',
    ['orders by $1, sorted'],
  ],
  [
    'rows beside their publishers',
    'UPDATE orders SET a = 1 WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))',
    ['orders by $2'],
  ],
  [
    'what is skipped when locked',
    'SELECT 1 FROM orders ORDER BY expires_at LIMIT 9 FOR UPDATE SKIP LOCKED',
    ['orders at once'],
  ],
  ['what is new', 'INSERT INTO payment_attempts (payment_id) VALUES ($1)', ['payment_attempts at once']],
  [
    'what may be there already',
    'INSERT INTO payments (order_id) VALUES ($1) ON CONFLICT (order_id) DO UPDATE SET flow = excluded.flow',
    ['payments'],
  ],
  [
    'what a part of a statement locks for the next',
    `WITH wanted AS (SELECT order_id FROM orders WHERE order_id = ANY ($1::bigint[]) ORDER BY order_id FOR UPDATE)
     UPDATE orders SET state = 'stopped' FROM wanted WHERE orders.order_id = wanted.order_id`,
    ['orders by $1, sorted'],
  ],
  [
    'each part of a statement',
    `WITH raised AS (UPDATE payment_attempts attempts SET a = 1 WHERE attempts.attempt_id = $1 RETURNING payment_id)
     UPDATE payments SET b = 1 FROM raised WHERE payments.payment_id = raised.payment_id`,
    ['payment_attempts by $1', 'payments'],
  ],
  ['what goes', 'DELETE FROM orders USING gone WHERE orders.order_id = gone.order_id', ['orders']],
  ['no words in texts and comments', "SELECT 'UPDATE orders' -- FOR UPDATE\n FROM orders", []],
];

for (const [name, text, expected] of cases) {
  test(`locks in a statement: ${name}`, () => {
    const told = readLocks(text).map(({ table, waits, isSorted, parameter }) =>
      [
        `${table}${waits ? '' : ' at once'}${parameter === undefined ? '' : ` by $${parameter}`}`,
        ...(isSorted ? ['sorted'] : []),
      ].join(', '),
    );
    assert.deepEqual(told, expected);
  });
}
