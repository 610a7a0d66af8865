import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type MoneyFixture, openMoneyFixture } from '../testing/money.ts';
import { orderOf } from '../testing/money-node.ts';
import { complete, prepaidOrder, register } from '../testing/node.ts';
import { startTestReceiver, type TestReceiver } from '../testing/receiver.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
let site: TestReceiver;
before(async () => {
  site = await startTestReceiver();
  fixture = await openMoneyFixture();
  node = fixture.node;
  const made = await node.post('/capi/v1/client/webhooks', { url: `${site.base}/hook` });
  assert.equal(made.status, 201);
});
after(async () => {
  await fixture.close();
  await site.close();
});
beforeEach(() => fixture.provider.reset());

const name = 'Kari Nordmann';
const day = 86_400;

const withdraw = (orderId: number, body: object = {}, headers: Record<string, string> = {}) =>
  node.post(`/capi/v1/client/order/${orderId}/withdrawal`, { name, ...body }, headers);

/** A node that is too busy for now says so, and is asked again. */
async function untilTaken(orderId: number): Promise<Awaited<ReturnType<typeof withdraw>>> {
  const reply = await withdraw(orderId);
  return reply.status === 503 ? untilTaken(orderId) : reply;
}

const listed = async (orderId: number) =>
  (await node.get(`/capi/v1/client/order/${orderId}/withdrawals`)).body['withdrawals'] as Record<
    string,
    unknown
  >[];

async function linesOf(orderId: number) {
  const lines = (await fixture.show(orderId))['orderLines'] as {
    refunded: number;
    endedReason: string | null;
  }[];
  return lines.map((line) => [line.refunded, line.endedReason]);
}

const grantsOf = async (orderId: number) =>
  (
    await node.rows<{ line_number: number; revoked: boolean }>(
      `SELECT line_number, revoked_at IS NOT NULL AS revoked FROM grants WHERE order_id = $1
       ORDER BY line_number`,
      [orderId],
    )
  ).map((row) => `${row.line_number} ${row.revoked ? 'revoked' : 'open'}`);

const webhooksOf = async (orderId: number) =>
  (
    await node.rows<{ event_name: string }>(
      `SELECT event_name FROM deliveries
       WHERE order_id = $1 AND kind = 'webhook' AND event_name LIKE 'withdrawal.%' ORDER BY delivery_id`,
      [orderId],
    )
  ).map((row) => row.event_name);

async function setPublisher(name: string, value: unknown): Promise<void> {
  await node.rows(
    `UPDATE publishers SET settings = settings || jsonb_build_object($1::text, $2::jsonb) RETURNING 1 AS one`,
    [name, JSON.stringify(value)],
  );
  await node.context.publishers.refresh();
}

const subscription = {
  orderLines: [{ productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 }],
};
const begun = { earlyStart: true };

test('in time: the money goes back, access ends, and the site is told', async () => {
  const orderId = await fixture.captured([60, 40]);
  const { status, body } = await withdraw(orderId, { receiptTo: 'Kari@Example.com', reason: 'by letter' });
  assert.deepEqual(
    [status, body['state'], body['lines'], body['refund'], body['refundBy']],
    [202, 'accepted', [1, 2], 100, 'us'],
  );
  assert.deepEqual(
    [body['receiptTo'], body['reason'], body['proof']],
    ['Kari@Example.com', 'by letter', 'client'],
  );
  assert.deepEqual(await grantsOf(orderId), ['1 revoked', '2 revoked']);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), [
    'capture succeeded 10000',
    'refund succeeded 10000',
  ]);
  assert.deepEqual(await linesOf(orderId), [
    [60, 'withdrawn'],
    [40, 'withdrawn'],
  ]);
  assert.deepEqual(await webhooksOf(orderId), ['withdrawal.received', 'withdrawal.accepted']);
  const again = await withdraw(orderId);
  assert.deepEqual([again.status, again.body['state'], again.body['refund']], [202, 'repeated', 0]);
  assert.deepEqual(
    (await listed(orderId)).map((one) => one['state']),
    ['repeated', 'accepted'],
  );
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('64 statements at once: one takes effect, and the money goes back once', async () => {
  const orderId = await fixture.captured([60, 40]);
  const replies = await Promise.all(Array.from({ length: 64 }, () => untilTaken(orderId)));
  assert.deepEqual(
    replies.map((reply) => reply.status).filter((status) => status !== 202),
    [],
  );
  assert.equal(replies.filter((reply) => reply.body['state'] === 'accepted').length, 1);
  await node.runJobs();
  const { reference, refunded } = await fixture.booksOf(orderId);
  assert.deepEqual([refunded, fixture.provider.moneyOf(reference)?.refundedMinor], [10_000, 10_000]);
  assert.equal((await fixture.operationsOf(orderId)).filter((one) => one.startsWith('refund')).length, 1);
});

test('line by line: both count, and the same line again does not', async () => {
  const orderId = await fixture.captured([60, 40, 20]);
  const states = [];
  for (const lines of [[2], [1], [2], [1, 2]]) {
    const { body } = await withdraw(orderId, { lines });
    states.push([body['state'], body['lines'], body['refund']]);
  }
  assert.deepEqual(states, [
    ['accepted', [2], 40],
    ['accepted', [1], 60],
    ['repeated', [], 0],
    ['repeated', [], 0],
  ]);
  assert.deepEqual(await grantsOf(orderId), ['1 revoked', '2 revoked', '3 open']);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('what is only reserved is released', async () => {
  const orderId = await fixture.reserved([30], ['dispatched']);
  assert.equal((await withdraw(orderId)).body['refund'], 30);
  await node.runJobs();
  assert.deepEqual(await fixture.operationsOf(orderId), ['cancel succeeded 3000']);
});

test('after a refund in part, and while another is on its way: what is left, and no more', async () => {
  const orderId = await fixture.captured([60, 40]);
  await fixture.refund(orderId, { amount: 30 });
  await node.runJobs();
  await fixture.refund(orderId, { lines: [{ lineNumber: 1, amount: 50 }] });
  assert.equal((await withdraw(orderId)).body['refund'], 20);
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 10_000);
});

test('refunded whole before with access kept: no money, and access ends', async () => {
  const orderId = await fixture.captured([60]);
  await fixture.refund(orderId, { access: 'keep' });
  assert.deepEqual(await grantsOf(orderId), ['1 open']);
  const { body } = await withdraw(orderId);
  assert.deepEqual([body['state'], body['refund'], body['refundBy']], ['accepted', 0, null]);
  assert.deepEqual(await grantsOf(orderId), ['1 revoked']);
});

test('a subscription ends with its access, and all of it goes back unless the publisher chose', async () => {
  const orderId = await fixture.captured([], { ...subscription, ...begun });
  await node.advance(5 * day);
  const { body } = await withdraw(orderId);
  assert.deepEqual([body['state'], body['refund']], ['accepted', 99]);
  const [stopped] = await node.rows<{ is_stopped: boolean }>(
    'SELECT stopped_at IS NOT NULL AS is_stopped FROM subscriptions WHERE order_id = $1',
    [orderId],
  );
  assert.equal(stopped?.is_stopped, true);
  assert.deepEqual(await grantsOf(orderId), ['1 revoked']);
});

test('a subscription that began by the wish of its buyer: less the used days', async () => {
  await setPublisher('withdrawalRefund', 'less used days');
  const [asked, unasked] = [
    await fixture.captured([], { ...subscription, ...begun }),
    await fixture.captured([], subscription),
  ];
  const [period] = await node.rows<{ days: number }>(
    `SELECT floor(extract(epoch FROM ends_at - starts_at) / 86400)::integer AS days
     FROM subscriptions JOIN subscription_periods USING (subscription_id) WHERE order_id = $1`,
    [asked],
  );
  assert.ok(period);
  await node.advance(5 * day + 60);
  const kept = Math.floor((9900 * 5) / period.days);
  assert.equal((await withdraw(asked)).body['refund'], (9900 - kept) / 100);
  assert.equal((await withdraw(unasked)).body['refund'], 99);
  await setPublisher('withdrawalRefund', 'whole');
  await node.runJobs();
  assert.equal((await fixture.booksOf(asked)).refunded, 9900 - kept);
  assert.deepEqual(await linesOf(asked), [[(9900 - kept) / 100, 'withdrawn']]);
});

test('after the days it is kept and a person decides; accepted, the money goes back once', async () => {
  const orderId = await fixture.captured([60, 40]);
  await node.advance(20 * day);
  const { body } = await withdraw(orderId, { lines: [2] });
  assert.deepEqual([body['state'], body['why'], body['refund']], ['to_check', 'too late', 0]);
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal to check open']);
  assert.deepEqual(await grantsOf(orderId), ['1 open', '2 open']);
  await fixture.resolve(orderId, 'accepted');
  await node.runJobs();
  assert.equal((await fixture.booksOf(orderId)).refunded, 4000);
  const [row] = await listed(orderId);
  assert.deepEqual([row?.['state'], row?.['lines'], row?.['refund']], ['accepted', [2], 40]);
  assert.deepEqual(await webhooksOf(orderId), [
    'withdrawal.received',
    'withdrawal.to_check',
    'withdrawal.accepted',
  ]);
});

test('refused or dismissed by a person, nothing moves', async () => {
  for (const [outcome, state] of [
    ['refused', 'refused'],
    ['dismissed', 'repeated'],
  ] as const) {
    const orderId = await fixture.captured([60]);
    await node.advance(20 * day);
    await withdraw(orderId);
    await fixture.resolve(orderId, outcome);
    await node.runJobs();
    assert.deepEqual(
      [(await listed(orderId))[0]?.['state'], (await fixture.booksOf(orderId)).refunded],
      [state, 0],
    );
    assert.deepEqual(await grantsOf(orderId), ['1 open']);
  }
});

test('not completed: the order is cancelled, and money that comes yet goes back', async () => {
  const registered = await register(node, orderOf([60]));
  assert.equal((await withdraw(registered)).body['state'], 'accepted');
  const shown = await fixture.show(registered);
  assert.deepEqual([shown['state'], shown['stoppedReason']], ['stopped', 'cancelled']);
  assert.equal((await withdraw(registered)).body['state'], 'repeated');

  const { orderId, reference } = await fixture.pending();
  const money = { authorizedMinor: 10_000, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
  fixture.provider.put(reference, money);
  assert.equal((await withdraw(orderId)).body['state'], 'accepted');
  await fixture.tell(orderId, { meaning: 'secured', money });
  await node.runJobs();
  assert.equal((await fixture.show(orderId))['stoppedReason'], 'cancelled');
  assert.equal((await fixture.booksOf(orderId)).cancelled, 10_000);
});

test('paid elsewhere: access ends, and a case says who is to give the money back', async () => {
  const orderId = await register(node, prepaidOrder());
  await complete(node, orderId);
  const { body } = await withdraw(orderId);
  assert.deepEqual([body['state'], body['refundBy']], ['accepted', 'hand']);
  assert.deepEqual(await fixture.caseStates(orderId), ['withdrawal refund due open']);
  await fixture.resolve(orderId, 'given_back');
  assert.equal((await withdraw(orderId)).body['state'], 'repeated');
});

test('by invoice: the bill is credited', async () => {
  const orderId = await register(node, {
    paymentMethod: 'invoice',
    payer: { lastName: 'Nordmann', emails: ['kari@example.com'] },
    orderLines: [{ productSpecType: 'article', articleDetail: { articleRef: 'one' }, unitPrice: 60 }],
  });
  await complete(node, orderId);
  const { body } = await withdraw(orderId);
  assert.deepEqual([body['state'], body['refund'], body['refundBy']], ['accepted', 60, 'invoice']);
  const { invoice } = (await fixture.show(orderId)) as { invoice?: { state: string; credited: number } };
  assert.deepEqual([invoice?.state, invoice?.credited], ['credited', 60]);
});
