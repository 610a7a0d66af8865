import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { complete, prepaidOrder, register, smsOrder } from '../../testing/node.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

type Operation = { kind: string; amount: number; state: string };
const operations = (body: Record<string, unknown>) =>
  (body['operations'] as Operation[]).map(({ kind, amount, state }) => `${kind} ${amount} ${state}`);

async function linesOf(orderId: number) {
  const lines = (await fixture.show(orderId))['orderLines'] as {
    refunded: number;
    refundPending: number;
    endedReason: string | null;
  }[];
  return lines.map((line) => [line.refunded, line.refundPending, line.endedReason]);
}

const grantsOf = async (orderId: number) =>
  (
    await node.rows<{ line_number: number; revoked: boolean }>(
      `SELECT line_number, revoked_at IS NOT NULL AS revoked FROM grants WHERE order_id = $1
       ORDER BY line_number`,
      [orderId],
    )
  ).map((row) => `${row.line_number} ${row.revoked ? 'revoked' : 'open'}`);

test('whole: everything goes back, lines and access end, and a second time nothing is left', async () => {
  const orderId = await fixture.captured([60, 40]);
  const reply = await fixture.refundWithoutBody(orderId);
  assert.deepEqual([reply.status, reply.body['refunded'], reply.body['pending']], [202, 0, 100]);
  assert.deepEqual(operations(reply.body), ['refund 100 created']);
  assert.deepEqual(await grantsOf(orderId), ['1 revoked', '2 revoked']);
  assert.deepEqual(await linesOf(orderId), [
    [0, 60, 'refunded'],
    [0, 40, 'refunded'],
  ]);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
  assert.deepEqual(await linesOf(orderId), [
    [60, 0, 'refunded'],
    [40, 0, 'refunded'],
  ]);
  const again = await fixture.refund(orderId);
  assert.deepEqual([again.status, again.body['code']], [409, 'nothing_to_refund']);
});

test('an amount goes back to the cent, access stays, and more than is left is refused', async () => {
  const orderId = await fixture.captured([100]);
  assert.equal((await fixture.refund(orderId, { amount: 33.33 })).status, 202);
  const more = await fixture.refund(orderId, { amount: 66.68 });
  assert.deepEqual([more.status, more.body['code']], [409, 'refund_exceeds_payment']);
  for (const amount of [0, -1, 1.001]) {
    assert.equal(
      (await fixture.refund(orderId, { amount })).body['code'],
      'amount_is_invalid',
      String(amount),
    );
  }
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 3333);
  assert.deepEqual(await grantsOf(orderId), ['1 open']);
  await fixture.refund(orderId);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('lines, whole and in part: only their access ends', async () => {
  const orderId = await fixture.captured([60, 40, 20]);
  const lines = [{ lineNumber: 1 }, { lineNumber: 2, amount: 15.5 }];
  const reply = await fixture.refund(orderId, { lines, reason: 'damaged' });
  assert.deepEqual(operations(reply.body), ['refund 75.5 created']);
  await node.runJobs();
  assert.deepEqual(await linesOf(orderId), [
    [60, 0, 'refunded'],
    [15.5, 0, null],
    [0, 0, null],
  ]);
  assert.deepEqual(await grantsOf(orderId), ['1 revoked', '2 open', '3 open']);
  const [moved] = fixture.provider.calls.filter((call) => call.kind === 'refund');
  assert.deepEqual([moved?.amountMinor, moved?.lines], [7550, 2]);
  for (const [wrong, code] of [
    [[{ lineNumber: 9 }], 'input_is_invalid'],
    [[{ lineNumber: 3 }, { lineNumber: 3 }], 'input_is_invalid'],
    [[{ lineNumber: 2, amount: 24.51 }], 'refund_exceeds_payment'],
    [[{ lineNumber: 1 }], 'nothing_to_refund'],
  ] as const) {
    assert.equal((await fixture.refund(orderId, { lines: wrong })).body['code'], code);
  }
});

test('a line after an amount: what is left of it, and never more than is left of the order', async () => {
  const single = await fixture.captured([149]);
  await fixture.refund(single, { amount: 10, access: 'keep' });
  const tooMuch = await fixture.refund(single, { lines: [{ lineNumber: 1, amount: 139.01 }] });
  assert.deepEqual(
    [tooMuch.status, tooMuch.body['code'], tooMuch.body['detail']],
    [409, 'refund_exceeds_payment', 'The order has 139.00 NOK left to refund.'],
  );
  const rest = await fixture.refund(single, { lines: [{ lineNumber: 1 }] });
  assert.deepEqual([rest.status, operations(rest.body)], [202, ['refund 139 created']]);
  assert.deepEqual(await grantsOf(single), ['1 revoked']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(single)).refunded, 14_900);
  const two = await fixture.captured([60, 40]);
  await fixture.refund(two, { amount: 30 });
  const lines = [{ lineNumber: 1 }, { lineNumber: 2, amount: 25 }];
  assert.deepEqual(operations((await fixture.refund(two, { lines })).body), ['refund 70 created']);
  await node.runJobs();
  assert.deepEqual(
    (await linesOf(two)).map(([refunded]) => refunded),
    [45, 25],
  );
  const again = await fixture.refund(two, { lines: [{ lineNumber: 2 }] });
  assert.equal(again.body['code'], 'nothing_to_refund');
});

test('32 refunds at once never come to more than was captured', async () => {
  const orderId = await fixture.captured([100]);
  const replies = await Promise.all(
    Array.from({ length: 32 }, () => fixture.refund(orderId, { amount: 30 })),
  );
  assert.equal(replies.filter((one) => one.status === 202).length, 3);
  assert.ok(replies.every((one) => one.status === 202 || one.body['code'] === 'refund_exceeds_payment'));
  await node.runJobs();
  const { reference, refunded } = await fixture.booksOf(orderId);
  assert.deepEqual([refunded, fixture.provider.moneyOf(reference)?.refundedMinor], [9000, 9000]);
});

test('what is only reserved is released; a part of it waits until the rest is taken', async () => {
  const all = await fixture.reserved([30], ['dispatched']);
  assert.deepEqual(operations((await fixture.refund(all)).body), ['cancel 30 created']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(all)).cancelled, 3000);
  const part = await fixture.reserved([60, 40], ['dispatched', 'dispatched']);
  await fixture.refund(part, { lines: [{ lineNumber: 2 }] });
  await node.runJobs();
  assert.equal((await fixture.booksOf(part)).cancelled, 0);
  const captured = await fixture.capture(part);
  assert.deepEqual(operations(captured.body), ['capture 60 created']);
  await node.runJobs();
  const { captured: taken, cancelled } = await fixture.booksOf(part);
  assert.deepEqual([taken, cancelled], [6000, 4000]);
  assert.deepEqual((await linesOf(part))[1], [40, 0, 'refunded']);
});

test('a line whose capture is planned is released instead, and never captured', async () => {
  const later = new Date(node.context.clock.now().getTime() + 86_400_000);
  const orderId = await fixture.reserved([60, 40], ['access', later]);
  assert.deepEqual(operations((await fixture.refund(orderId)).body), [
    'cancel 40 created',
    'refund 60 created',
  ]);
  await node.runJobs();
  await node.advance(2 * 86_400);
  await node.runJobs();
  const { captured, refunded, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, refunded, cancelled], [6000, 6000, 4000]);
});

test('a part of a line whose capture is planned lowers that capture, and is released after it', async () => {
  const later = new Date(node.context.clock.now().getTime() + 86_400_000);
  const orderId = await fixture.reserved([60, 40], ['access', later]);
  await fixture.refund(orderId, { lines: [{ lineNumber: 2, amount: 15 }] });
  await node.advance(2 * 86_400);
  await node.runJobs();
  const { captured, refunded, cancelled } = await fixture.booksOf(orderId);
  assert.deepEqual([captured, refunded, cancelled], [8500, 0, 1500]);
});

test('a refund that comes before its capture is done waits for it', async () => {
  const orderId = await fixture.ordered();
  fixture.provider.willAnswer('capture', 'failing');
  await node.runJobs();
  assert.equal((await fixture.refund(orderId)).status, 202);
  await node.runJobs();
  assert.equal(fixture.provider.calls.filter((call) => call.kind === 'refund').length, 0);
  await node.advance(30);
  await node.runJobs();
  await node.advance(30);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('a refund that the provider refuses is a case, and its money may go back another way', async () => {
  const orderId = await fixture.captured();
  fixture.provider.willAnswer('refund', 'refused');
  await fixture.refund(orderId);
  await node.runJobs();
  assert.deepEqual(await fixture.caseStates(orderId), ['refund failed open']);
  await fixture.resolve(orderId, 'given_back');
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
  assert.deepEqual(await linesOf(orderId), [[100, 0, 'refunded']]);
});

test('a method without refund: 202, a case, and what a person gives back is booked', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  const { reference } = await fixture.booksOf(orderId);
  await node.report(reference, 1001);
  const reply = await fixture.refund(orderId, { amount: 49 });
  assert.deepEqual([reply.status, operations(reply.body)], [202, ['refund 49 by_hand']]);
  assert.deepEqual(await fixture.caseStates(orderId), ['refund by hand open']);
  const more = await fixture.refund(orderId, { amount: 101 });
  assert.equal(more.body['code'], 'refund_exceeds_payment');
  await fixture.resolve(orderId, 'given_back');
  assert.equal((await fixture.booksOf(orderId)).refunded, 4900);
  await fixture.refund(orderId);
  await fixture.resolve(orderId, 'dismissed');
  assert.equal((await fixture.booksOf(orderId)).refunded, 4900);
  assert.equal((await fixture.refund(orderId)).status, 202);
});

test('access: the request decides, then the publisher; other orders keep theirs', async () => {
  const keep = await fixture.captured();
  await fixture.refund(keep, { access: 'keep' });
  assert.deepEqual(await grantsOf(keep), ['1 open']);
  const part = await fixture.captured();
  await fixture.refund(part, { amount: 1, access: 'end_now' });
  assert.deepEqual(await grantsOf(part), ['1 revoked']);
  const { publisherId } = node.client.publisher;
  const setting = (value: string) =>
    node.rows(
      `UPDATE publishers SET settings = settings || jsonb_build_object('accessAfterRefund', $2::text)
       WHERE publisher_id = $1 RETURNING 1 AS one`,
      [publisherId, value],
    );
  await setting('keep');
  await node.context.publishers.refresh();
  const ruled = await fixture.captured();
  await fixture.refund(ruled);
  assert.deepEqual(await grantsOf(ruled), ['1 open']);
  await setting('end_now');
  await node.context.publishers.refresh();
});

test('a subscription that ends with its period keeps its grant and does not renew', async () => {
  const line = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
  const orderId = await fixture.captured([], { orderLines: [line] });
  await fixture.refund(orderId, { access: 'end_at_period_end' });
  assert.deepEqual(await grantsOf(orderId), ['1 open']);
  const rows = await node.rows<{ stopped: boolean }>(
    'SELECT stopped_at IS NOT NULL AS stopped FROM subscriptions WHERE order_id = $1',
    [orderId],
  );
  assert.deepEqual(rows, [{ stopped: true }]);
});

test('an invoice is credited in part, then whole; a draft that is credited whole gets no number', async () => {
  const invoiceOf = async (orderId: number) => (await fixture.show(orderId))['invoice'];
  const orderId = await fixture.captured([60, 40], { paymentMethod: 'invoice' });
  const part = await fixture.refund(orderId, { lines: [{ lineNumber: 2 }] });
  assert.deepEqual([part.status, part.body['refunded'], part.body['operations']], [202, 40, []]);
  assert.deepEqual((await linesOf(orderId))[1], [40, 0, 'refunded']);
  assert.equal((await fixture.refund(orderId, { amount: 60.01 })).body['code'], 'refund_exceeds_payment');
  assert.equal((await fixture.refund(orderId)).body['refunded'], 100);
  const invoice = (await invoiceOf(orderId)) as { state: string; credited: number };
  assert.deepEqual([invoice.state, invoice.credited], ['credited', 100]);
  const draft = await fixture.ordered([50], { paymentMethod: 'invoice' });
  await fixture.refund(draft);
  await node.runJobs();
  assert.equal(((await invoiceOf(draft)) as { invoiceNumber: number | null }).invoiceNumber, null);
});

test('what was paid elsewhere, nothing, or is not completed is refused', async () => {
  const elsewhere = await register(node, prepaidOrder());
  assert.equal((await fixture.refund(elsewhere)).body['code'], 'order_is_not_completed');
  await complete(node, elsewhere);
  assert.equal((await fixture.refund(elsewhere)).body['code'], 'refund_by_hand');
  const free = await fixture.captured([60], { paymentMethod: 'free' });
  assert.equal((await fixture.refund(free)).body['code'], 'nothing_to_refund');
  assert.equal((await fixture.refund(99)).status, 404);
});

test('a key gives money back once, whatever comes between', async () => {
  const orderId = await fixture.captured();
  const key = { 'idempotency-key': `refund-${orderId}` };
  const replies = await Promise.all(
    Array.from({ length: 8 }, () => fixture.refund(orderId, { amount: 10 }, key)),
  );
  assert.ok(replies.every((one) => one.status === 202 || one.body['code'] === 'request_is_running'));
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 1000);
});
