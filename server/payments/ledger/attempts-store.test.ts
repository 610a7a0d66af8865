import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transaction } from '../../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import {
  findAttemptByNoticeToken,
  findAttemptByProviderId,
  findAttemptByReference,
  findOpenAttempt,
  lockOrder,
  markSent,
} from './attempts-store.ts';
import { lockPayment } from './lock-payment.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

type Pending = Awaited<ReturnType<MoneyFixture['pending']>>;

function inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return node.context.database.transaction('test', work);
}

const ids = { orders: 'order_id', payments: 'payment_id', payment_attempts: 'attempt_id' } as const;
type Table = keyof typeof ids;

/** Which of the rows of a payment somebody else can not lock at the moment. */
async function lockedRows(about: Pending): Promise<Table[]> {
  const values = { orders: about.orderId, payments: about.paymentId, payment_attempts: about.attemptId };
  const locked: Table[] = [];
  for (const table of ['orders', 'payments', 'payment_attempts'] as const) {
    const free = await node.rows(
      `SELECT 1 AS one FROM ${table} WHERE ${ids[table]} = $1 FOR UPDATE SKIP LOCKED`,
      [values[table]],
    );
    if (free.length === 0) locked.push(table);
  }
  return locked;
}

const locks: [string, (transaction: Transaction, about: Pending) => Promise<unknown>, Table[]][] = [
  [
    'an order',
    (transaction, { publisherId, orderId }) => lockOrder(transaction, publisherId, orderId),
    ['orders'],
  ],
  [
    'a payment',
    (transaction, about) => lockPayment(transaction, about),
    ['orders', 'payments', 'payment_attempts'],
  ],
];

for (const [name, lock, expected] of locks) {
  test(`locking ${name} keeps others from ${expected.join(', ')}, and from nothing of another order`, async () => {
    const [about, other] = [await fixture.pending(), await fixture.pending()];
    await inTransaction(async (transaction) => {
      assert.ok(await lock(transaction, about));
      assert.deepEqual(await lockedRows(about), expected);
      assert.deepEqual(await lockedRows(other), []);
    });
  });
}

test('an order or attempt of another publisher, or of none, is not there', async () => {
  const about = await fixture.pending();
  await inTransaction(async (transaction) => {
    assert.equal(await lockOrder(transaction, about.publisherId + 1, about.orderId), undefined);
    assert.equal(await lockOrder(transaction, about.publisherId, 0), undefined);
    const foreign = { ...about, publisherId: about.publisherId + 1 };
    assert.equal(await lockPayment(transaction, foreign), undefined);
    assert.equal(await lockPayment(transaction, { ...about, attemptId: 0 }), undefined);
    assert.deepEqual(await lockedRows(about), []);
  });
});

test('what an attempt is found by: its reference, the provider’s id, its address for notices', async () => {
  const [about] = [await fixture.pending(), await fixture.pending()];
  const { database } = node.context;
  const { publisherId, reference, attemptId } = about;
  const [row] = await node.rows<{ notice_token: string }>(
    "UPDATE payment_attempts SET provider_id = 'p-1' WHERE attempt_id = $1 RETURNING notice_token",
    [attemptId],
  );
  const adapter = 'test-reserving';
  const found = {
    reference: await findAttemptByReference(database, { publisherId, adapter, merchantId: '' }, reference),
    account: await findAttemptByReference(database, { publisherId, adapter, merchantId: 'x' }, reference),
    providerId: await findAttemptByProviderId(database, publisherId, adapter, 'p-1'),
    token: await findAttemptByNoticeToken(database, row?.notice_token ?? ''),
  };
  for (const [by, attempt] of Object.entries(found)) assert.equal(attempt?.attempt_id, attemptId, by);
  for (const [publisher, name, key] of [
    [publisherId + 1, adapter, 'p-1'],
    [publisherId, 'test-whole', 'p-1'],
    [publisherId, adapter, 'p-2'],
  ] as const) {
    assert.equal(await findAttemptByProviderId(database, publisher, name, key), undefined);
    const other = key === 'p-1' ? reference : 'x';
    const account = { publisherId: publisher, adapter: name, merchantId: '' };
    assert.equal(await findAttemptByReference(database, account, other), undefined);
  }
  assert.equal(await findAttemptByNoticeToken(database, 'x'), undefined);
});

test('of two transactions of one name the account’s own is found', async () => {
  const [first, second] = [await fixture.pending(), await fixture.pending()];
  const { database } = node.context;
  const found = async (merchantId: string) => {
    const account = { publisherId: first.publisherId, adapter: 'test-reserving', merchantId };
    return (await findAttemptByReference(database, account, 'same'))?.attempt_id;
  };
  for (const [{ attemptId }, merchantId] of [
    [first, 'one'],
    [second, 'two'],
  ] as const) {
    await node.rows(
      `UPDATE payment_attempts SET reference = 'same', merchant_id = $2 WHERE attempt_id = $1
       RETURNING 1 AS one`,
      [attemptId, merchantId],
    );
  }
  assert.deepEqual([await found('one'), await found('two')], [first.attemptId, second.attemptId]);
});

test('a renewal has the provider’s id of its agreement, and is not found by it', async () => {
  const { publisherId, orderId, attemptId } = await fixture.pending();
  const renewal = `renewal-${attemptId}`;
  await node.rows(
    `WITH renewed AS (
       INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, window_ends_at, created_at)
       VALUES ($1, $2, 'renewal', 10000, 'NOK', leveret_now(), leveret_now()) RETURNING payment_id)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token,
       provider_id, state, created_at)
     SELECT payment_id, $1, $2, 'test-reserving', $3, $3, 'agreement-' || $3, 'pending', leveret_now()
     FROM renewed RETURNING 1 AS one`,
    [publisherId, orderId, renewal],
  );
  const { database } = node.context;
  const by = [publisherId, 'test-reserving'] as const;
  assert.equal(await findAttemptByProviderId(database, ...by, `agreement-${renewal}`), undefined);
  const account = { publisherId, adapter: 'test-reserving', merchantId: '' };
  const found = await findAttemptByReference(database, account, renewal);
  assert.equal(found?.provider_id, `agreement-${renewal}`);
});

test('an attempt tells whether its report is overdue, and whether nobody can tell', async () => {
  const about = await fixture.pending();
  const set = (due: string, unresolvable: string) =>
    node.rows(
      `UPDATE payment_attempts SET report_due_at = ${due}, unresolvable_at = ${unresolvable}
       WHERE attempt_id = $1 RETURNING 1 AS one`,
      [about.attemptId],
    );
  for (const [due, unresolvable, expected] of [
    ['NULL', 'NULL', [false, false]],
    ["leveret_now() - interval '1 minute'", 'leveret_now()', [true, true]],
    ["leveret_now() + interval '1 minute'", 'NULL', [false, false]],
  ] as const) {
    await set(due, unresolvable);
    const locked = await inTransaction((transaction) => lockPayment(transaction, about));
    assert.deepEqual([locked?.attempt.is_overdue, locked?.attempt.is_unresolvable], expected);
  }
});

test('the open attempt of a payment is the one of which money may still come', async () => {
  const about = await fixture.pending();
  await fixture.pending();
  for (const [state, isOpen] of [
    ['created', true],
    ['sent', true],
    ['pending', true],
    ['unknown', true],
    ['secured', false],
    ['declined', false],
    ['aborted', false],
    ['expired', false],
    ['discarded', false],
  ] as const) {
    await node.rows('ALTER TABLE payment_attempts DISABLE TRIGGER USER');
    await node.rows('UPDATE payment_attempts SET state = $2 WHERE attempt_id = $1 RETURNING 1 AS one', [
      about.attemptId,
      state,
    ]);
    await node.rows('ALTER TABLE payment_attempts ENABLE TRIGGER USER');
    const open = await inTransaction((transaction) => findOpenAttempt(transaction, about.paymentId));
    assert.equal(open?.attempt_id, isOpen ? about.attemptId : undefined, state);
  }
});

async function created(): Promise<Pending & { operationIds: number[] }> {
  const about = await fixture.pending();
  await node.rows("UPDATE payment_attempts SET state = 'declined' WHERE attempt_id = $1 RETURNING 1 AS one", [
    about.attemptId,
  ]);
  const [row] = await node.rows<{ attempt_id: number }>(
    `INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       created_at)
     VALUES ($1, $2, $3, 'test-reserving', $4, $4, 'created', leveret_now()) RETURNING attempt_id`,
    [about.paymentId, about.publisherId, about.orderId, `second-${about.attemptId}`],
  );
  const attemptId = row?.attempt_id ?? 0;
  const operations = await node.rows<{ operation_id: number }>(
    `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
     SELECT $1::bigint, $2, kind, kind || '-' || $1::bigint, 100, 'created', leveret_now()
     FROM unnest(ARRAY['charge', 'capture']) AS kind RETURNING operation_id`,
    [attemptId, about.publisherId],
  );
  return { ...about, attemptId, operationIds: operations.map((one) => one.operation_id) };
}

test('the one call of an attempt is claimed once, with its charge alone', async () => {
  const [about, other] = [await created(), await created()];
  const claim = () => inTransaction((transaction) => markSent(transaction, about.attemptId, 7200));
  const claims = await Promise.all([claim(), claim()]);
  assert.equal(claims.filter(Boolean).length, 1);
  assert.equal(await claim(), false);
  const statesOf = async ({ attemptId }: Pending) => [
    ...(await node.rows(
      `SELECT state, round(extract(epoch FROM report_due_at - leveret_now()) / 3600)::integer AS due
       FROM payment_attempts WHERE attempt_id = $1`,
      [attemptId],
    )),
    ...(await node.rows(
      `SELECT kind, state, sent_at IS NOT NULL AS is_sent FROM payment_operations WHERE attempt_id = $1
       ORDER BY kind DESC`,
      [attemptId],
    )),
  ];
  assert.deepEqual(await statesOf(about), [
    { state: 'sent', due: 2 },
    { kind: 'charge', state: 'sent', is_sent: true },
    { kind: 'capture', state: 'created', is_sent: false },
  ]);
  assert.deepEqual(await statesOf(other), [
    { state: 'created', due: null },
    { kind: 'charge', state: 'created', is_sent: false },
    { kind: 'capture', state: 'created', is_sent: false },
  ]);
});
