import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transaction } from '../../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { orderOf } from '../../testing/money-node.ts';
import { register } from '../../testing/node.ts';
import { ensurePayment, lockOrder } from './attempts-store.ts';
import { insertUnattached } from './insert-unattached.ts';

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

/** Who begins the payment of an order that expires in an hour and was asked for ten minutes ago. */
type Begin = { flow: 'direct' | 'browser'; isGuest?: boolean };
const windows: [string, number, Begin[], number][] = [
  ['charged directly: from when it was asked for', 30, [{ flow: 'direct' }], 20],
  ['in a browser: from the first try', 30, [{ flow: 'browser' }], 30],
  ['by a guest: as long as the order', 30, [{ flow: 'browser', isGuest: true }], 60],
  ['by a guest, longer than the order', 90, [{ flow: 'browser', isGuest: true }], 90],
  ['tried again: as before', 30, [{ flow: 'browser' }, { flow: 'browser' }], 29],
  ['by the invited after a guest: anew', 30, [{ flow: 'browser', isGuest: true }, { flow: 'browser' }], 30],
  [
    'by the invited twice after a guest: not again',
    30,
    [{ flow: 'browser', isGuest: true }, { flow: 'browser' }, { flow: 'browser' }],
    29,
  ],
  [
    'by two guests: as long as the order',
    30,
    [
      { flow: 'browser', isGuest: true },
      { flow: 'browser', isGuest: true },
    ],
    59,
  ],
  [
    'by two guests, longer than the order: as before',
    90,
    [
      { flow: 'browser', isGuest: true },
      { flow: 'browser', isGuest: true },
    ],
    89,
  ],
  [
    'by the invited after two guests: anew',
    30,
    [{ flow: 'browser', isGuest: true }, { flow: 'browser', isGuest: true }, { flow: 'browser' }],
    30,
  ],
  [
    'by the invited after a guest and the job that watches: anew',
    30,
    [{ flow: 'browser', isGuest: true }, { flow: 'direct' }, { flow: 'browser' }],
    30,
  ],
  [
    'watched by a job after a guest: as long as the order',
    30,
    [{ flow: 'browser', isGuest: true }, { flow: 'direct' }],
    59,
  ],
];

for (const [name, minutes, begins, expected] of windows) {
  test(`the window of a payment, ${name}: ${expected} minutes`, async () => {
    const { publisherId } = node.client.publisher;
    const orderId = await fixture.ordered();
    await node.rows(
      `WITH expiring AS (
         UPDATE orders SET expires_at = leveret_now() + interval '1 hour' WHERE order_id = $1)
       UPDATE order_completions SET asked_at = leveret_now() - interval '10 minutes'
       WHERE order_id = $1 RETURNING 1 AS one`,
      [orderId],
    );
    let left = 0;
    for (const [index, { flow, isGuest = false }] of begins.entries()) {
      if (index > 0) await node.advance(60);
      left = await inTransaction(async (transaction) => {
        const order = await lockOrder(transaction, publisherId, orderId);
        assert.ok(order);
        return (await ensurePayment(transaction, order, minutes, flow, isGuest)).seconds_left;
      });
    }
    // A minute passes before each try but the first.
    assert.equal(Math.ceil(left / 60), expected);
  });
}

test('the buyer may choose the method where the order left it open, after a try with one as well', async () => {
  const { publisherId } = node.client.publisher;
  for (const [paymentMethod, isOpen] of [
    ['nexi', false],
    [undefined, true],
  ] as const) {
    const orderId = await register(node, orderOf([100], { paymentMethod }));
    const begin = () =>
      inTransaction(async (transaction) => {
        const order = await lockOrder(transaction, publisherId, orderId);
        assert.ok(order);
        await ensurePayment(transaction, order, 30, 'browser');
      });
    await begin();
    await node.rows("UPDATE orders SET payment_method = 'nexi' WHERE order_id = $1 RETURNING 1 AS one", [
      orderId,
    ]);
    await begin();
    const rows = await node.rows('SELECT is_method_open FROM payments WHERE order_id = $1', [orderId]);
    assert.deepEqual(rows, [{ is_method_open: isOpen }]);
  }
});

test('a payment without an order has its window from now on', async () => {
  const { publisherId } = node.client.publisher;
  const owed = { publisherId, amountMinor: 4000, currency: 'NOK', windowMinutes: 30 } as const;
  const paymentId = await inTransaction((transaction) => insertUnattached(transaction, owed));
  const rows = await node.rows(
    `SELECT purpose, order_id, amount_minor, currency, flow,
       round(extract(epoch FROM window_ends_at - leveret_now()) / 60)::integer AS minutes
     FROM payments WHERE payment_id = $1`,
    [paymentId],
  );
  const stands = { purpose: 'order', order_id: null, amount_minor: 4000, currency: 'NOK', flow: 'browser' };
  assert.deepEqual(rows, [{ ...stands, minutes: 30 }]);
});
