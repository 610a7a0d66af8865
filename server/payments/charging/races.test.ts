import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { expireOrders } from '../../orders/expire-orders.ts';
import {
  complete,
  openTestNode,
  prepaidOrder,
  register,
  smsOrder,
  type TestNode,
} from '../../testing/node.ts';
import { sweepOpenPayments } from './sweep-open-payments.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

type Books = { state: string; captured: number; ends: number; callbacks: number; kinds: string[] };

async function booksOf(orderId: number): Promise<Books> {
  const [books] = await node.rows<Books>(
    `SELECT state,
       coalesce((SELECT captured_minor FROM payments WHERE payments.order_id = orders.order_id), 0) AS captured,
       (SELECT count(*) FROM events WHERE events.order_id = orders.order_id
          AND name IN ('order completed', 'order stopped')) AS ends,
       (SELECT count(*) FROM deliveries WHERE deliveries.order_id = orders.order_id
          AND kind = 'callback') AS callbacks,
       ARRAY (SELECT kind FROM cases WHERE cases.order_id = orders.order_id AND state = 'open') AS kinds
     FROM orders WHERE order_id = $1`,
    [orderId],
  );
  assert.ok(books);
  return books;
}

async function charged(): Promise<{ orderId: number; reference: string }> {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId, { callbackUrl: 'http://127.0.0.1:9/told' });
  await node.runJobs();
  const [attempt] = await node.rows<{ reference: string }>(
    'SELECT reference FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  assert.ok(attempt);
  return { orderId, reference: attempt.reference };
}

const paidActs = ['billed', 'billed', 'unknown', 'cancel', 'cancel', 'complete', 'expire', 'sweep'] as const;

test('billed while cancelled, doubted and swept at once: completed, or money to give back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray([...paidActs], { minLength: 8 }), async (acts) => {
      const { orderId, reference } = await charged();
      const run: Record<(typeof paidActs)[number], () => Promise<unknown>> = {
        billed: () => node.report(reference, 1001),
        unknown: () => node.report(reference, 1010),
        cancel: () => node.post(`/capi/v1/client/order/${orderId}/cancel`),
        complete: () => complete(node, orderId),
        expire: () => expireOrders(node.context),
        sweep: () => sweepOpenPayments(node.context),
      };
      await Promise.all(acts.map((act) => run[act]()));
      const books = await booksOf(orderId);
      assert.deepEqual([books.captured, books.ends, books.callbacks], [14_900, 1, 1]);
      const wanted = books.state === 'completed' ? [] : ['give-back due'];
      assert.deepEqual(books.kinds, wanted, books.state);
    }),
    { numRuns: 25 },
  );
});

test('a person and the provider answer at once: no money is booked twice', async () => {
  for (const outcome of ['paid', 'not_paid', 'given_back']) {
    for (let round = 0; round < 8; round += 1) {
      const { orderId, reference } = await charged();
      await node.report(reference, 1010);
      const { body } = await node.get(`/capi/v1/client/cases?orderId=${orderId}`);
      const [opened] = body['cases'] as { caseId: number }[];
      const resolve = () =>
        node.post(`/capi/v1/client/cases/${opened?.caseId}/resolve`, { outcome, evidence: 'x' });
      await Promise.all([resolve(), node.report(reference, 1001), resolve(), node.report(reference, 1001)]);
      const books = await booksOf(orderId);
      assert.equal(books.captured, 14_900, outcome);
      assert.deepEqual(books.kinds, []);
      assert.ok(books.callbacks <= 2);
    }
  }
});

test('completing and expiring a prepaid order at once ends it once, or leaves it to one case', async () => {
  for (let round = 0; round < 8; round += 1) {
    const orderId = await register(node, prepaidOrder());
    await node.advance(8 * 86_400);
    await Promise.all([expireOrders(node.context), complete(node, orderId), expireOrders(node.context)]);
    const books = await booksOf(orderId);
    assert.deepEqual([books.state, books.ends, books.kinds], ['completed', 1, []]);
  }
});
