import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { ensurePayment, lockOrder } from '../ledger/attempts-store.ts';
import { insertAttempt } from '../ledger/insert-attempt.ts';

/** Money that is to go back, and could not be given back yet, pays no order. */

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let provider: MoneyFixture['provider'];
before(async () => {
  fixture = await openMoneyFixture();
  ({ node, provider } = fixture);
});
after(() => fixture.close());
beforeEach(() => provider.reset());

const reserved = { authorizedMinor: 10_000, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };

/** Another try of the order for which the provider has reserved 100.00; answers its reference. */
async function reserveOnceMore(orderId: number): Promise<string> {
  const { publisherId } = node.client.publisher;
  const made = await node.context.database.transaction('test', async (transaction) => {
    const order = await lockOrder(transaction, publisherId, orderId);
    const configured = node.context.methods.find(publisherId, 'nexi');
    assert.ok(order && configured);
    const { payment_id: id } = await ensurePayment(transaction, order, 30, 'direct');
    return insertAttempt(transaction, order, id, configured, { flow: 'direct' });
  });
  provider.put(made.reference, reserved);
  await fixture.tell(orderId, { meaning: 'secured', money: reserved }, made.attemptId);
  return made.reference;
}

function chooseLateMoney(choice: string): Promise<unknown> {
  return node.rows(
    `UPDATE publishers SET settings = settings || jsonb_build_object('lateMoney', $2::text)
     WHERE publisher_id = $1 RETURNING publisher_id`,
    [node.client.publisher.publisherId, choice],
  );
}

const takenOf = (reference: string) => provider.moneyOf(reference)?.capturedMinor;

test('an overpayment whose release failed is not captured when more is asked for', async () => {
  const orderId = await fixture.reserved([100], ['dispatched']);
  provider.willAnswer('cancel', 'refused');
  const reference = await reserveOnceMore(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed open']);
  assert.equal((await fixture.capture(orderId, { amount: 100 })).status, 202);
  await node.runJobs();
  const more = await fixture.capture(orderId, { amount: 100 });
  await node.runJobs();
  assert.deepEqual([more.status, more.body['code']], [409, 'nothing_to_capture']);
  assert.deepEqual([takenOf((await fixture.booksOf(orderId)).reference), takenOf(reference)], [10_000, 0]);
});

test('what completes an order is captured, and not what came late before and is to go back', async () => {
  const { orderId, reference } = await fixture.pending();
  await fixture.tell(orderId, { meaning: 'declined' });
  await chooseLateMoney('give back');
  provider.put(reference, reserved);
  provider.willAnswer('cancel', 'refused');
  await fixture.tell(orderId, { meaning: 'secured', money: reserved });
  await node.runJobs();
  await chooseLateMoney('complete');
  const other = await reserveOnceMore(orderId);
  await node.runJobs();
  await chooseLateMoney('complete if no refund');
  assert.deepEqual([takenOf(reference), takenOf(other)], [0, 10_000]);
});
