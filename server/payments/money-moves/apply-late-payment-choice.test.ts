import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { orderId as toOrderId } from '../../kit/ids.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { createTestPublisher } from '../../testing/publisher.ts';
import { lockOrder } from '../ledger/attempts-store.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { applyLatePaymentChoice } from './apply-late-payment-choice.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
  // Its choice, and what stands in its orders, are no other's.
  const settings = { lateMoney: 'give back' } as const;
  await createTestPublisher(node.context.database, { publisher: { settings } });
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

async function choose(choice: string): Promise<void> {
  await node.rows(
    `UPDATE publishers SET settings = settings || jsonb_build_object('lateMoney', $2::text)
     WHERE publisher_id = $1 RETURNING publisher_id`,
    [node.client.publisher.publisherId, choice],
  );
}

type Late = { orderId: number; attemptId: number };

/** An order whose charge failed, so that it stopped, and for which money came then. */
async function late(paymentMethod = 'nexi'): Promise<Late> {
  const about = await fixture.pending({ paymentMethod });
  await fixture.tell(about.orderId, { meaning: 'declined' });
  await node.rows(
    `WITH evidence AS (
       INSERT INTO payment_outcomes (attempt_id, publisher_id, source, meaning, carries_money, applied, read_at)
       SELECT attempt_id, publisher_id, 'notice', 'secured', true, true, leveret_now()
       FROM payment_attempts WHERE attempt_id = $1)
     UPDATE payment_attempts SET state = 'secured', authorized_minor = 10000 WHERE attempt_id = $1
     RETURNING attempt_id`,
    [about.attemptId],
  );
  return about;
}

/** The same, of an order that its publisher cancelled meanwhile. */
async function lateAfterCancelling(): Promise<Late> {
  const about = await late();
  await node.rows("UPDATE orders SET stopped_reason = 'cancelled' WHERE order_id = $1 RETURNING order_id", [
    about.orderId,
  ]);
  return about;
}

/** What is reported of each order when all of them are told at once, under the locks of whoever tells. */
async function choicesFor(...all: Late[]): Promise<string[][]> {
  const { publisherId } = node.client.publisher;
  await node.context.database.transaction('test', async (transaction) => {
    for (const { orderId } of all) await lockOrder(transaction, publisherId, orderId);
    const ofOrder = ({ orderId, attemptId }: Late) => ({ orderId: toOrderId(orderId), attemptId });
    const events = all.map((one) => ({ name: 'late money', publisherId, ...ofOrder(one) }) as const);
    await applyLatePaymentChoice.run({}, transaction, events);
  });
  return Promise.all(
    all.map(async ({ orderId }) => {
      const rows = await node.rows<{ name: string }>(
        `SELECT name FROM events WHERE order_id = $1 AND name IN ('late money accepted', 'give-back due')
         ORDER BY event_id`,
        [orderId],
      );
      const { state } = await fixture.show(orderId);
      return [String(state), ...rows.map(({ name }) => name), ...(await fixture.operationsOf(orderId))];
    }),
  );
}

const accepted = ['completed', 'late money accepted', 'capture created 10000'];
const returned = ['stopped', 'give-back due', 'cancel created 10000'];

test('each late payment goes by its own order, method and publisher, however many come at once', async () => {
  const method = findAdapter('test-unaskable');
  assert.ok(method?.refund);
  const { refund } = method;
  const [refundable, cancelled, unrefundable] = [
    await late(),
    await lateAfterCancelling(),
    await late('smsPay'),
  ];
  delete method.refund;
  const choices = await choicesFor(refundable, cancelled, unrefundable);
  method.refund = refund;
  assert.deepEqual(choices, [returned, returned, accepted]);
});

for (const [choice, expected] of [
  ['complete', accepted],
  ['give back', returned],
  ['complete if no refund', returned],
] as const) {
  test(`a late payment of a publisher that chose to ${choice}: ${expected[1]}`, async () => {
    await choose(choice);
    const [about, cancelled] = [await late(), await lateAfterCancelling()];
    assert.deepEqual(await choicesFor(about), [expected]);
    assert.deepEqual(await choicesFor(cancelled), [returned]);
  });
}
