import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { orderOf } from '../../testing/money-node.ts';
import { complete, register } from '../../testing/node.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const reservedMoney = { ...none, authorizedMinor: 10_000 };
const takenMoney = { ...reservedMoney, capturedMinor: 10_000 };

/** An order that is paying, whose provider has not decided yet. */
async function paying(): Promise<number> {
  const orderId = await register(node, orderOf([100]));
  fixture.provider.willAnswer('charge', 'pending');
  await complete(node, orderId, { callbackUrl: 'http://127.0.0.1:9/told' });
  await node.runJobs();
  fixture.provider.finish();
  assert.equal((await fixture.show(orderId))['state'], 'paying');
  return orderId;
}

/** Says what the provider's books say. */
async function tellSecured(orderId: number): Promise<void> {
  const { reference } = await fixture.booksOf(orderId);
  const money = fixture.provider.moneyOf(reference);
  assert.ok(money);
  await fixture.tell(orderId, { meaning: 'secured', money: { ...money } });
}

async function endOf(orderId: number): Promise<unknown[]> {
  const { state, stoppedReason } = await fixture.show(orderId);
  const told = await node.rows<{ status: string }>(
    `SELECT body ->> 'fulfillmentStatus' AS status FROM deliveries WHERE order_id = $1 AND kind = 'callback'
     ORDER BY delivery_id`,
    [orderId],
  );
  return [state, stoppedReason, ...told.map((one) => one.status)];
}

async function chooseLatePayment(choice: string): Promise<void> {
  await node.rows(
    `UPDATE publishers SET settings = settings || jsonb_build_object('lateMoney', $1::text)
     RETURNING publisher_id`,
    [choice],
  );
}

test('cancelled while paying: what was reserved meanwhile is released, and the site is told', async () => {
  const orderId = await paying();
  assert.equal((await node.post(`/capi/v1/client/order/${orderId}/cancel`)).status, 202);
  await tellSecured(orderId);
  assert.deepEqual(await endOf(orderId), ['stopped', 'cancelled', 'failed']);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['cancel succeeded 10000']);
  const { reference, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([cancelled, fixture.provider.moneyOf(reference)?.cancelledMinor], [10_000, 10_000]);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('cancelled while paying: what was taken meanwhile is refunded', async () => {
  const orderId = await paying();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  const { reference } = await fixture.booksOf(orderId);
  fixture.provider.put(reference, takenMoney);
  await tellSecured(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['refund succeeded 10000']);
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('money after the order stopped goes back where the method has a refund, unless the publisher chose', async () => {
  const returned = await paying();
  await fixture.tell(returned, { meaning: 'declined' });
  await tellSecured(returned);
  await node.runJobs();
  assert.deepEqual(await endOf(returned), ['stopped', 'payment_failed', 'failed']);
  assert.equal((await fixture.booksOf(returned)).cancelled, 10_000);
  await chooseLatePayment('complete');
  const completed = await paying();
  await fixture.tell(completed, { meaning: 'declined' });
  await tellSecured(completed);
  await node.runJobs();
  assert.deepEqual(await endOf(completed), ['completed', null, 'failed', 'success']);
  assert.equal((await fixture.booksOf(completed)).captured, 10_000);
  await chooseLatePayment('complete if no refund');
});

test('a cancelled order refunds late payments, whatever the publisher chose', async () => {
  await chooseLatePayment('complete');
  const orderId = await paying();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await fixture.tell(orderId, { meaning: 'declined' });
  await tellSecured(orderId);
  await node.runJobs();
  await chooseLatePayment('complete if no refund');
  assert.deepEqual(await endOf(orderId), ['stopped', 'cancelled', 'failed']);
  assert.equal((await fixture.booksOf(orderId)).cancelled, 10_000);
});

test('money of an order that is paid by another attempt goes back, and is not captured or refunded again', async () => {
  const orderId = await fixture.captured();
  await node.rows(
    `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       created_at)
     SELECT payment_id, publisher_id, order_id, adapter, 'again' || order_id, 'again' || order_id, 'declined',
       leveret_now()
     FROM payment_attempts WHERE order_id = $1 RETURNING attempt_id`,
    [orderId],
  );
  const [second] = await node.rows<{ attempt_id: number; reference: string }>(
    'SELECT attempt_id, reference FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id DESC',
    [orderId],
  );
  assert.ok(second);
  fixture.provider.put(second.reference, reservedMoney);
  const evidence = { meaning: 'secured', money: reservedMoney, raw: '' } as const;
  await fixture.tell(orderId, evidence, second.attempt_id);
  const [capture, refund] = [await fixture.capture(orderId), await fixture.refund(orderId)];
  assert.deepEqual([capture.body['code'], refund.status], ['nothing_to_capture', 202]);
  await node.runJobs();
  assert.deepEqual(fixture.provider.moneyOf(second.reference), { ...reservedMoney, cancelledMinor: 10_000 });
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('a release that the provider refuses is a case; released by hand it is booked', async () => {
  const orderId = await paying();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  fixture.provider.willAnswer('cancel', 'refused');
  await tellSecured(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed open']);
  await fixture.resolve(orderId, 'given_back');
  assert.equal((await fixture.booksOf(orderId)).cancelled, 10_000);
});

test('what the provider took instead of releasing it is refunded, and no case is left', async () => {
  const orderId = await paying();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await tellSecured(orderId);
  const { reference } = await fixture.booksOf(orderId);
  fixture.provider.put(reference, takenMoney);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['cancel failed 10000', 'refund succeeded 10000']);
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.deepEqual(await fixture.casesOf(orderId), []);
});

test('what the provider took after all of it was released is refunded', async () => {
  const orderId = await paying();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await tellSecured(orderId);
  await node.runJobs();
  const { reference } = await fixture.booksOf(orderId);
  fixture.provider.put(reference, takenMoney);
  await tellSecured(orderId);
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('again: a release of what was taken meanwhile is refunded instead', async () => {
  const orderId = await fixture.reserved([100], ['dispatched']);
  const { reference } = await fixture.booksOf(orderId);
  fixture.provider.willAnswer('cancel', 'refused');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed open']);
  fixture.provider.put(reference, takenMoney);
  await tellSecured(orderId);
  await fixture.resolve(orderId, 'again');
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(reference)?.refundedMinor, 10_000);
  assert.deepEqual(await fixture.caseStates(orderId), ['release failed resolved']);
});
