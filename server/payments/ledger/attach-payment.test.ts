import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import pg from 'pg';
import { orderOf } from '../../testing/money-node.ts';
import { complete, register } from '../../testing/node.ts';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { collectReversals } from '../../testing/watch-locks.ts';
import { attachPayment, detachPayment, isToConfirm, noteConfirmedPayment } from './attach-payment.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

type Paid = Awaited<ReturnType<PagePayments['paid']>> & { paymentId: number; attemptId: number };

/** Paid on a page, and not taken by any order yet. */
async function paid(): Promise<Paid> {
  const made = await fixture.paid();
  assert.equal(made.told.status, 'success');
  const [row] = await node.rows<{ payment_id: number; attempt_id: number }>(
    'SELECT payment_id, attempt_id FROM payment_attempts WHERE reference = $1',
    [made.reference],
  );
  assert.ok(row);
  return { ...made, paymentId: row.payment_id, attemptId: row.attempt_id };
}

/** How every payment stands to an order, such as `order 100003 direct to confirm`, by its id. */
async function standing(): Promise<Map<number, string>> {
  const rows = await node.rows<{ payment_id: number; stands: string }>(
    `SELECT payment_id, concat_ws(' ', 'order', payments.order_id, payments.flow,
       CASE WHEN to_confirm THEN 'to confirm' END,
       (SELECT string_agg(concat_ws(' ', 'attempt', attempts.order_id, attempts.flow), ', ' ORDER BY attempt_id)
        FROM payment_attempts attempts WHERE attempts.payment_id = payments.payment_id)) AS stands
     FROM payments ORDER BY payment_id`,
  );
  return new Map(rows.map(({ payment_id: id, stands }) => [id, stands]));
}

/** Which payments something changed, and to what. */
async function changedBy(act: () => Promise<unknown>): Promise<[number, string | undefined][]> {
  const earlier = await standing();
  await act();
  const now = await standing();
  return [...now].filter(([id, stands]) => earlier.has(id) && earlier.get(id) !== stands);
}

const run = (text: string, values: unknown[]) => node.rows(`${text} RETURNING 1 AS one`, values);
const operation = (kind: string, state: string) => (about: Paid) =>
  run(
    `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
     SELECT attempt_id, publisher_id, $2, gen_random_uuid(), 100, $3, leveret_now()
     FROM payment_attempts WHERE attempt_id = $1`,
    [about.attemptId, kind, state],
  );
const attempt = (set: string) => (about: Paid) =>
  run(`UPDATE payment_attempts SET ${set} WHERE attempt_id = $1`, [about.attemptId]);
const payment = (set: string) => (about: Paid) =>
  run(`UPDATE payments SET ${set} WHERE payment_id = $1`, [about.paymentId]);
const page = (set: string) => (about: Paid) =>
  run(`UPDATE page_payments SET ${set} WHERE payment_id = $1`, [about.paymentId]);

/** The signed name, given to a payment that nobody has paid. */
async function unpaid(about: Paid): Promise<void> {
  const { reference } = await fixture.begin();
  const rename = 'UPDATE payment_attempts SET reference = $2 WHERE reference = $1';
  await run(rename, [about.reference, `former-${about.reference}`]);
  await run(rename, [reference, about.reference]);
}

/** Another order took its payment, which is gone since. */
async function goneOfAnother(): Promise<void> {
  const other = await paid();
  await register(node, orderOf([100], other.told.order));
  await attempt(`reference = reference || '-gone'`)(other);
}

const expired = 'payment_result_is_expired';

/** What has happened to a payment before an order is registered by its result, and how that is answered. */
const cases: [string, (about: Paid) => Promise<unknown>, string | undefined][] = [
  ['nothing', () => Promise.resolve(), undefined],
  ['a capture', operation('capture', 'succeeded'), undefined],
  ['a release', operation('cancel', 'created'), expired],
  ['a release that failed', operation('cancel', 'failed'), expired],
  ['a refund', operation('refund', 'by_hand'), expired],
  ['a refund that failed', operation('refund', 'failed'), expired],
  ['it is known to be given back', attempt('captured_minor = 100, refunded_minor = 1'), expired],
  ['it is known to be given up', attempt('cancelled_minor = 1'), expired],
  [
    'it is known to be given up, and as much given back',
    attempt('captured_minor = 1, refunded_minor = 1, cancelled_minor = 1'),
    expired,
  ],
  ['it is not paid', unpaid, expired],
  ['it is another client’s', page(`client_id = 'no.leveret.other'`), expired],
  ['it is by another method', page(`payment_method = 'swishPayex'`), expired],
  ['it is of another amount', payment('amount_minor = 5000'), expired],
  ['it is in another currency', payment(`currency = 'SEK'`), expired],
  ['it is gone', attempt(`reference = reference || '-gone'`), 'payment_result_is_unknown'],
  ['another order’s is gone', goneOfAnother, undefined],
  ['another is released', async () => operation('cancel', 'created')(await paid()), undefined],
];

for (const [name, happens, code] of cases) {
  test(`an order by a signed result, after ${name}: ${code ?? 'takes the payment'}`, async () => {
    // Others that would fit, were they asked about: an order of that amount, and a payment let go of.
    await fixture.ordered([50]);
    const other = await paid();
    const otherOrder = await register(node, orderOf([100], other.told.order));
    await run('UPDATE payments SET order_id = NULL WHERE order_id = $1', [otherOrder]);
    const about = await paid();
    await happens(about);
    let reply: { status: number; body: Record<string, unknown> } | undefined;
    const changed = await changedBy(async () => {
      reply = await node.post('/capi/v1/client/order', orderOf([100], about.told.order));
    });
    assert.equal(reply?.body['code'], code);
    const id = reply?.body['orderId'] as number | undefined;
    const taken = `order ${id} direct to confirm attempt ${id} direct`;
    assert.deepEqual(changed, code === undefined ? [[about.paymentId, taken]] : []);
    if (code === 'payment_result_is_unknown') {
      const [field] = (reply?.body['fields'] ?? []) as { field: string; message: string }[];
      assert.equal(field?.field, 'paymentInfoNexi.transactionId');
      assert.match(field?.message ?? '', /paymentInfoNexi\.transactionId names a payment that is not known/);
    }
  });
}

test('what another order has is told to be used', async () => {
  const about = await paid();
  const holder = await fixture.ordered([100]);
  await run('UPDATE payments SET order_id = NULL WHERE order_id = $1', [holder]);
  await run('UPDATE payments SET order_id = $2 WHERE payment_id = $1', [about.paymentId, holder]);
  const reply = await node.post('/capi/v1/client/order', orderOf([100], about.told.order));
  assert.equal(reply.body['code'], 'payment_already_used');
});

test('an order that waits while its payment begins to go back does not take it', async () => {
  const about = await paid();
  const other = new pg.Client({ connectionString: node.databaseUrl });
  await other.connect();
  try {
    await other.query('BEGIN');
    await other.query('SELECT FROM payments WHERE payment_id = $1 FOR UPDATE', [about.paymentId]);
    let isAnswered = false;
    const reply = node.post('/capi/v1/client/order', orderOf([100], about.told.order)).finally(() => {
      isAnswered = true;
    });
    while ((await other.query(waitingForLocks)).rowCount === 0) assert.equal(isAnswered, false, 'it waits');
    await other.query(
      `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
       SELECT attempt_id, publisher_id, 'cancel', gen_random_uuid(), 10000, 'created', leveret_now()
       FROM payment_attempts WHERE attempt_id = $1`,
      [about.attemptId],
    );
    await other.query('COMMIT');
    assert.equal((await reply).body['code'], expired);
  } finally {
    await other.end();
  }
});

const waitingForLocks = `SELECT FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;

test('payments of several orders are let go of and taken at once, locked by their ids', async () => {
  const [first, second] = [await paid(), await paid()];
  const orders = [
    await register(node, orderOf([100], first.told.order)),
    await register(node, orderOf([100], second.told.order)),
  ];
  const { publisherId } = node.client.publisher;
  const events = orders.map((orderId) => ({ publisherId, orderId, prepaid: true }));
  const run = ({ run: step }: typeof attachPayment | typeof detachPayment) =>
    node.context.database.transaction('test', (transaction) => step({}, transaction, events as never));
  const reversals = await collectReversals(async () => {
    assert.deepEqual(await changedBy(() => run(detachPayment)), [
      [first.paymentId, 'order direct attempt direct'],
      [second.paymentId, 'order direct attempt direct'],
    ]);
    assert.deepEqual(await changedBy(() => run(attachPayment)), [
      [first.paymentId, `order ${orders[0]} direct to confirm attempt ${orders[0]} direct`],
      [second.paymentId, `order ${orders[1]} direct to confirm attempt ${orders[1]} direct`],
    ]);
  });
  assert.deepEqual(reversals, []);
});

test('an order that stops lets go of what was paid before it, and of nothing else', async () => {
  const [about, other] = [await paid(), await paid()];
  const orderId = await register(node, orderOf([100], about.told.order));
  await register(node, orderOf([100], other.told.order));
  const changed = await changedBy(() => node.post(`/capi/v1/client/order/${orderId}/cancel`));
  assert.deepEqual(changed, [[about.paymentId, 'order direct attempt direct']]);
});

test('a payment is confirmed once, of one order, by its publisher', async () => {
  const [about, other] = [await paid(), await paid()];
  const orderId = await register(node, orderOf([100], about.told.order));
  const otherId = await register(node, orderOf([100], other.told.order));
  const { publisherId } = node.client.publisher;
  const inTransaction = <Result>(work: Parameters<typeof node.context.database.transaction<Result>>[1]) =>
    node.context.database.transaction('test', work);
  const key = { publisherId, orderId };
  const ask = (of: typeof key) => inTransaction((transaction) => isToConfirm(transaction, of));
  const note = (of: typeof key) => inTransaction((transaction) => noteConfirmedPayment(transaction, of));
  const stranger = { publisherId: publisherId + 1, orderId } as typeof key;
  assert.deepEqual([await ask(key), await ask(stranger)], [true, false]);
  assert.equal(await note(stranger), false);
  assert.deepEqual([await note(key), await note(key), await ask(key)], [true, false, false]);
  assert.equal(await ask({ publisherId, orderId: otherId }), true);
});

test('what a completed order took is confirmed, and then captured', async () => {
  const about = await paid();
  const orderId = await register(node, orderOf([100], about.told.order));
  await complete(node, orderId);
  await node.runJobs();
  assert.equal(fixture.provider.moneyOf(about.reference)?.capturedMinor, 10_000);
});
