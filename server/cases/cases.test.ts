import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expireOrders } from '../orders/expire-orders.ts';
import { sweepOpenPayments } from '../payments/charging/sweep-open-payments.ts';
import { complete, openTestNode, prepaidOrder, register, smsOrder, type TestNode } from '../testing/node.ts';
import { createTestPublisher } from '../testing/publisher.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
  const made = await node.post('/capi/v1/client/webhooks', { url: 'http://127.0.0.1:9/hook' });
  assert.equal(made.status, 201);
});
after(() => node.close());

type Shown = {
  caseId: number;
  kind: string;
  state: string;
  outcome: string | null;
  resolvedBy: string | null;
};

async function casesOf(orderId: number): Promise<Shown[]> {
  const { body } = await node.get(`/capi/v1/client/cases?orderId=${orderId}`);
  return body['cases'] as Shown[];
}

async function openCaseOf(orderId: number): Promise<number> {
  const [open] = (await casesOf(orderId)).filter((one) => one.state === 'open');
  assert.ok(open, 'there is no open case');
  return open.caseId;
}

const resolve = (caseId: number, outcome: string, headers = {}) =>
  node.post(`/capi/v1/client/cases/${caseId}/resolve`, { outcome, evidence: 'asked the operator' }, headers);

async function orderOf(orderId: number) {
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  const payment = body['payment'] as { captured: number; refunded: number } | null;
  return { state: body['state'], stoppedReason: body['stoppedReason'], payment };
}

const eventsOf = async (orderId: number) =>
  (
    await node.rows<{ name: string }>(
      'SELECT name FROM events WHERE order_id = $1 ORDER BY occurred_at, event_id',
      [orderId],
    )
  ).map((row) => row.name);

const webhooksOf = async (orderId: number) =>
  (
    await node.rows<{ event_name: string }>(
      `SELECT event_name FROM deliveries WHERE order_id = $1 AND kind = 'webhook' ORDER BY delivery_id`,
      [orderId],
    )
  ).map((row) => row.event_name);

async function charged(): Promise<{ orderId: number; reference: string }> {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  const [attempt] = await node.rows<{ reference: string }>(
    'SELECT reference FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  assert.ok(attempt);
  return { orderId, reference: attempt.reference };
}

async function unresolved(): Promise<{ orderId: number; reference: string; caseId: number }> {
  const { orderId, reference } = await charged();
  await node.report(reference, 1010);
  return { orderId, reference, caseId: await openCaseOf(orderId) };
}

test('several reasons for doubt open one case, which is told once', async () => {
  const { orderId, reference } = await charged();
  await Promise.all([4, 5, 1010, 1010, 5, 4].map((code) => node.report(reference, code)));
  await node.advance(2 * 3600);
  await node.runJobs();
  assert.deepEqual(
    (await casesOf(orderId)).map(({ kind, state }) => [kind, state]),
    [['attempt unresolved', 'open']],
  );
  assert.deepEqual(
    (await webhooksOf(orderId)).filter((name) => name === 'case.opened'),
    ['case.opened'],
  );
});

test('unresolved and paid: the order completes; the same word again changes nothing', async () => {
  const { orderId, caseId } = await unresolved();
  assert.equal((await resolve(caseId, 'paid')).body['outcome'], 'paid');
  const { state, payment } = await orderOf(orderId);
  assert.deepEqual([state, payment?.captured], ['completed', 149]);
  assert.equal((await resolve(caseId, 'paid')).status, 200);
  const other = await resolve(caseId, 'not_paid');
  assert.deepEqual([other.status, other.body['code']], [409, 'case_is_resolved']);
  assert.equal((await eventsOf(orderId)).filter((name) => name === 'order completed').length, 1);
});

test('16 people resolve one case at once: one effect', async () => {
  const { orderId, caseId } = await unresolved();
  const outcomes = Array.from({ length: 16 }, (_, index) => (index % 2 === 0 ? 'paid' : 'not_paid'));
  const replies = await Promise.all(outcomes.map((outcome) => resolve(caseId, outcome)));
  assert.deepEqual(new Set(replies.map((reply) => reply.status)), new Set([200, 409]));
  const names = await eventsOf(orderId);
  assert.equal(names.filter((name) => name === 'order completed' || name === 'order stopped').length, 1);
});

test('unresolved and not paid: the order stops; a report of money after all is a late payment', async () => {
  const { orderId, reference, caseId } = await unresolved();
  await resolve(caseId, 'not_paid');
  assert.deepEqual(await orderOf(orderId).then(({ state, stoppedReason }) => [state, stoppedReason]), [
    'stopped',
    'payment_failed',
  ]);
  await node.report(reference, 1001);
  const { state, payment } = await orderOf(orderId);
  assert.deepEqual([state, payment?.captured], ['completed', 149]);
});

test('unresolved and given back: the order stops, and a late report adds no money', async () => {
  const { orderId, reference, caseId } = await unresolved();
  await resolve(caseId, 'given_back');
  await node.report(reference, 1001);
  const { state, payment } = await orderOf(orderId);
  assert.equal(state, 'stopped');
  assert.deepEqual([payment?.captured, payment?.refunded], [149, 149]);
  assert.ok((await webhooksOf(orderId)).includes('payment.refunded'));
});

test('unresolved and dismissed: nothing changes, and the question comes back a day later', async () => {
  const { orderId, caseId } = await unresolved();
  await node.advance(2 * 3600);
  await node.runJobs();
  await resolve(caseId, 'dismissed');
  await node.advance(3600);
  await sweep();
  assert.equal((await orderOf(orderId)).state, 'paying');
  assert.deepEqual(
    (await casesOf(orderId)).map((one) => one.state),
    ['resolved'],
  );
  await node.advance(86_400);
  await sweep();
  assert.ok(await openCaseOf(orderId));
});

async function sweep(): Promise<void> {
  await sweepOpenPayments(node.context);
  await node.runJobs();
}

test('a late report closes the case, which is logged and told', async () => {
  const { orderId, reference } = await unresolved();
  await node.report(reference, 1001);
  const [closed] = await casesOf(orderId);
  assert.deepEqual(
    [closed?.state, closed?.outcome, closed?.resolvedBy],
    ['resolved', 'by_provider', 'provider'],
  );
  assert.ok((await eventsOf(orderId)).includes('case resolved'));
  assert.ok((await webhooksOf(orderId)).includes('case.resolved'));
});

test('money to give back: given_back books the refund once, paid does not fit', async () => {
  const { orderId, reference } = await charged();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await node.report(reference, 1001);
  const caseId = await openCaseOf(orderId);
  const misfit = await resolve(caseId, 'paid');
  assert.deepEqual([misfit.status, misfit.body['code']], [409, 'case_outcome_does_not_fit']);
  await resolve(caseId, 'given_back');
  await resolve(caseId, 'given_back');
  const { state, stoppedReason, payment } = await orderOf(orderId);
  assert.deepEqual([state, stoppedReason], ['stopped', 'cancelled']);
  assert.deepEqual([payment?.captured, payment?.refunded], [149, 149]);
  assert.equal((await eventsOf(orderId)).filter((name) => name === 'payment refunded').length, 1);
});

test('surplus money: what a second attempt paid as well is given back', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  node.link.willAnswer('tooMany');
  await node.runJobs();
  await node.advance(10);
  await node.runJobs();
  const attempts = await node.rows<{ reference: string }>(
    'SELECT reference FROM payment_attempts WHERE order_id = $1 ORDER BY attempt_id',
    [orderId],
  );
  assert.equal(attempts.length, 2);
  for (const { reference } of attempts) await node.report(reference, 1001);
  const [surplus] = await casesOf(orderId);
  assert.equal(surplus?.kind, 'surplus money');
  await resolve(surplus.caseId, 'given_back');
  const { state, payment } = await orderOf(orderId);
  assert.deepEqual([state, payment?.captured, payment?.refunded], ['completed', 298, 149]);
});

async function leave(changes: object = {}): Promise<{ orderId: number; caseId: number }> {
  const orderId = await register(node, prepaidOrder(changes));
  await node.advance(8 * 86_400);
  await expireOrders(node.context);
  return { orderId, caseId: await openCaseOf(orderId) };
}

test('a prepaid order that nobody completes becomes a case, even without evidence', async () => {
  const { orderId } = await leave({ paymentInfoOther: undefined });
  assert.equal((await orderOf(orderId)).state, 'registered');
  await node.advance(8 * 86_400);
  await expireOrders(node.context);
  assert.equal((await casesOf(orderId)).length, 1);
});

for (const [outcome, state, reason] of [
  ['paid', 'completed', null],
  ['not_paid', 'stopped', 'payment_failed'],
  ['given_back', 'stopped', 'payment_failed'],
] as const) {
  test(`a left prepaid order that was ${outcome} is ${state}`, async () => {
    const { orderId, caseId } = await leave();
    assert.equal((await resolve(caseId, outcome)).status, 200);
    const order = await orderOf(orderId);
    assert.deepEqual([order.state, order.stoppedReason], [state, reason]);
  });
}

test('a left prepaid order whose case is dismissed expires when it is looked at again', async () => {
  const { orderId, caseId } = await leave();
  await resolve(caseId, 'dismissed');
  assert.equal((await orderOf(orderId)).state, 'registered');
  await node.advance(8 * 86_400);
  await expireOrders(node.context);
  const order = await orderOf(orderId);
  assert.deepEqual([order.state, order.stoppedReason], ['stopped', 'expired']);
});

test('a left prepaid order that is completed or cancelled after all leaves no open case', async () => {
  const completed = await leave();
  await complete(node, completed.orderId);
  const cancelled = await leave();
  await node.post(`/capi/v1/client/order/${cancelled.orderId}/cancel`);
  for (const { orderId } of [completed, cancelled]) {
    assert.deepEqual(
      (await casesOf(orderId)).map(({ state, outcome }) => [state, outcome]),
      [['resolved', 'dismissed']],
    );
    assert.ok((await webhooksOf(orderId)).includes('case.resolved'));
  }
});

test('a case of another publisher is not found', async () => {
  const { publisherId } = await createTestPublisher(node.context.database);
  const [row] = await node.rows<{ case_id: number }>(
    `INSERT INTO cases (publisher_id, order_id, kind, state, opened_at)
     VALUES ($1, 1, 'attempt unresolved', 'open', leveret_now()) RETURNING case_id`,
    [publisherId],
  );
  assert.equal((await resolve(row?.case_id ?? 0, 'paid')).status, 404);
  assert.deepEqual(await casesOf(1), []);
});

test('a repeated key replays the answer, and another body under it is refused', async () => {
  const { caseId } = await unresolved();
  const headers = { 'idempotency-key': `resolve-case-${caseId}-0001` };
  assert.equal((await resolve(caseId, 'paid', headers)).status, 200);
  const again = await resolve(caseId, 'paid', headers);
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [200, 'true']);
  assert.equal((await resolve(caseId, 'not_paid', headers)).status, 422);
});

test('cases are paged by key, newest first, and filtered by state', async () => {
  const ids: number[] = [];
  let cursor: string | undefined = '';
  do {
    const { body } = await node.get(`/capi/v1/client/cases?limit=3&state=resolved${cursor}`);
    const page = body['cases'] as Shown[];
    assert.ok(page.length <= 3);
    assert.ok(page.every((one) => one.state === 'resolved'));
    ids.push(...page.map((one) => one.caseId));
    cursor = body['nextCursor'] === null ? undefined : `&cursor=${body['nextCursor'] as string}`;
  } while (cursor !== undefined);
  assert.deepEqual(
    ids,
    [...new Set(ids)].sort((one, other) => other - one),
  );
  assert.ok(ids.length > 6);
});
