import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestNode, register, smsOrder, type TestNode } from '../../testing/node.ts';
import { ensurePayment, lockOrder } from '../ledger/attempts-store.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import { sweepOpenPayments } from './sweep-open-payments.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const windowMinutes = 30;

/** What a node has written that died before it heard what became of the buyer's session. */
async function loseSession(about: ReturnType<typeof orderOf>): Promise<void> {
  const { database, methods } = node.context;
  await database.transaction('lose-session', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    const configured = methods.find(about.publisherId, 'creditcardPayex');
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, windowMinutes, 'browser');
    await insertAttempt(transaction, order, id, configured, { flow: 'browser', returnPage: '/' });
  });
}

test('a session that was lost is dropped, though a job waits for the end of the window', async () => {
  const orderId = await register(node, smsOrder(undefined, { paymentMethod: 'creditcardPayex' }));
  const about = orderOf({ publisherId: node.client.publisher.publisherId, orderId });
  await node.context.database.transaction('begin', async (transaction) => {
    const order = await lockOrder(transaction, about.publisherId, about.orderId);
    assert.ok(order);
    await ensurePayment(transaction, order, windowMinutes, 'browser');
    await transaction.report<PaymentEvent>([{ name: 'payment wanted', ...about }]);
  });
  await node.runJobs();
  await loseSession(about);
  await node.advance(60);
  await sweepOpenPayments(node.context);
  await node.runJobs();
  const jobs = await node.rows<{ name: string }>(
    "SELECT name FROM jobs WHERE arguments ->> 'orderId' = $1 ORDER BY name",
    [String(orderId)],
  );
  assert.deepEqual(
    jobs.map((job) => job.name),
    ['start-payment'],
  );
  const attempts = await node.rows<{ state: string }>(
    'SELECT state FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  assert.deepEqual(
    attempts.map((attempt) => attempt.state),
    ['discarded'],
  );
});
