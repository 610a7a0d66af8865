import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openPagePayments, type PagePayments } from '../../testing/page-payments.ts';
import { findLeftPayments, isLeftPayment } from './left-payment.ts';
import { type HeldPayment, isLeft } from './left-payment-rule.ts';

let fixture: PagePayments;
let node: PagePayments['node'];
before(async () => {
  fixture = await openPagePayments();
  node = fixture.node;
  await fixture.captured();
});
after(() => fixture.close());

const none = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const reserved = { ...none, authorizedMinor: 100 };
const taken = { ...reserved, capturedMinor: 100 };
const left: HeldPayment = {
  purpose: 'order',
  hasOrder: false,
  state: 'secured',
  money: reserved,
  endedSecondsAgo: 2 * 86_400,
  isUnderWay: false,
  hasOpenCase: false,
  answeredSecondsAgo: undefined,
};

/** One rule, said twice: by the function that decides, and by the statement that finds among all. */
const cases: [string, Partial<HeldPayment>, boolean][] = [
  ['reserved, and nobody’s', {}, true],
  ['taken', { money: taken }, true],
  ['to keep a method', { purpose: 'method' }, false],
  ['of an order', { hasOrder: true }, false],
  ['pending', { state: 'pending', endedSecondsAgo: undefined }, false],
  ['declined', { state: 'declined' }, false],
  ['of no money', { money: none }, false],
  ['released', { money: { ...reserved, cancelledMinor: 100 } }, false],
  ['released but for the last', { money: { ...reserved, cancelledMinor: 99 } }, true],
  ['given back', { money: { ...taken, refundedMinor: 100 } }, false],
  ['given back but for the last', { money: { ...taken, refundedMinor: 99 } }, true],
  [
    'taken in part and given back, the rest held',
    { money: { ...reserved, capturedMinor: 40, refundedMinor: 40 } },
    true,
  ],
  [
    'taken in part and given back, the rest released',
    { money: { authorizedMinor: 100, capturedMinor: 40, refundedMinor: 40, cancelledMinor: 60 } },
    false,
  ],
  ['taken after it was released', { money: { ...taken, cancelledMinor: 100 } }, true],
  ['in time to be taken', { endedSecondsAgo: 86_400 + 500 }, false],
  ['too late to be taken', { endedSecondsAgo: 86_400 + 600 }, true],
  ['on its way', { isUnderWay: true }, false],
  ['in the hands of a person', { hasOpenCase: true }, false],
  ['answered within a day', { answeredSecondsAgo: 86_300 }, false],
  ['answered a day ago', { answeredSecondsAgo: 86_400 }, true],
  ['answered long ago, and asked again', { answeredSecondsAgo: 200_000, hasOpenCase: true }, false],
];

for (const [name, changes, expected] of cases) {
  const held = { ...left, ...changes };
  test(`a payment ${name}: ${expected ? 'left' : 'not left'}, by the rule and by what is found`, async () => {
    assert.equal(isLeft(held), expected);
    const attemptId = await plant(held);
    const { database } = node.context;
    assert.equal(await isLeftPayment(database, attemptId), expected);
    const found = await database.transaction('test', findLeftPayments);
    assert.equal(
      found.some((one) => one.attemptId === attemptId),
      expected,
    );
  });
}

test('what is for a renewal or an invoice is never left', () => {
  for (const purpose of ['renewal', 'invoice'] as const) assert.equal(isLeft({ ...left, purpose }), false);
});

test('the last second in which an order may take it, and in which an answer stands', () => {
  assert.deepEqual(
    [86_999, 87_000].map((endedSecondsAgo) => isLeft({ ...left, endedSecondsAgo })),
    [false, true],
  );
  assert.deepEqual(
    [86_399, 86_400].map((answeredSecondsAgo) => isLeft({ ...left, answeredSecondsAgo })),
    [false, true],
  );
});

for (const state of ['created', 'sent', 'unknown', 'by_hand', 'succeeded', 'failed'] as const) {
  for (const kind of ['capture', 'cancel', 'refund', 'charge'] as const) {
    const isUnderWay = kind !== 'charge' && state !== 'succeeded' && state !== 'failed';
    test(`a payment with a ${kind} that is ${state} is ${isUnderWay ? 'not left' : 'left'}`, async () => {
      const attemptId = await plant(left, { kind, state });
      assert.equal(await isLeftPayment(node.context.database, attemptId), !isUnderWay);
      const found = await node.context.database.transaction('test', findLeftPayments);
      assert.equal(
        found.some((one) => one.attemptId === attemptId),
        !isUnderWay,
      );
    });
  }
}

test('what has its job is not found again', async () => {
  const attemptId = await plant(left);
  const other = await plant(left);
  const isFound = async () =>
    (await node.context.database.transaction('test', findLeftPayments)).some(
      (one) => one.attemptId === attemptId,
    );
  await plantJob('give-back-unattached', other);
  await plantJob('run-operation', attemptId);
  assert.ok(await isFound());
  await plantJob('give-back-unattached', attemptId);
  assert.ok(!(await isFound()));
});

test('what has waited longest is found first', async () => {
  const [younger, older] = [await plant(left), await plant({ ...left, endedSecondsAgo: 9 * 86_400 })];
  const found = await node.context.database.transaction('test', findLeftPayments);
  const places = [older, younger].map((id) => found.findIndex(({ attemptId }) => attemptId === id));
  assert.ok(places[0] !== -1 && (places[0] ?? 0) < (places[1] ?? 0), places.join());
});

test('the last of several answers stands, and what is not there is not left', async () => {
  const attemptId = await plant({ ...left, answeredSecondsAgo: 86_300 });
  await plantCase(attemptId, 200_000);
  assert.equal(await isLeftPayment(node.context.database, attemptId), false);
  assert.equal(await isLeftPayment(node.context.database, attemptId + 1_000_000), false);
});

async function plantJob(name: string, attemptId: number): Promise<void> {
  await node.rows(
    `INSERT INTO jobs (name, publisher_id, key, lane, arguments, run_at, created_at)
     SELECT $2, publisher_id, attempt_id::text, 'x', '{}', leveret_now(), leveret_now()
     FROM payment_attempts WHERE attempt_id = $1 RETURNING 1 AS one`,
    [attemptId, name],
  );
}

type Planted = { kind: 'capture' | 'cancel' | 'refund' | 'charge'; state: string };

/** Writes a payment as it may stand at some moment. */
async function plant(held: HeldPayment, operation?: Planted): Promise<number> {
  const { publisherId } = node.client.publisher;
  const orderId = held.hasOrder ? await fixture.ordered() : null;
  const { authorizedMinor, capturedMinor, refundedMinor, cancelledMinor } = held.money;
  const [row] = await node.rows<{ attempt_id: number }>(
    `WITH payment AS (
       INSERT INTO payments (publisher_id, purpose, amount_minor, currency, window_ends_at, created_at)
       VALUES ($1, $2, 100, 'NOK', leveret_now(), leveret_now()) RETURNING payment_id)
     INSERT INTO payment_attempts (payment_id, publisher_id, order_id, adapter, reference, notice_token, state,
       authorized_minor, captured_minor, refunded_minor, cancelled_minor, created_at, ended_at)
     SELECT payment_id, $1, $3, 'test-reserving', gen_random_uuid(), gen_random_uuid(), $4, $5, $6, $7, $8,
       leveret_now(), leveret_now() - $9::float8 * interval '1 second' FROM payment RETURNING attempt_id`,
    [
      publisherId,
      held.purpose,
      orderId,
      held.state,
      authorizedMinor,
      capturedMinor,
      refundedMinor,
      cancelledMinor,
      held.endedSecondsAgo ?? null,
    ],
  );
  const attemptId = row?.attempt_id ?? 0;
  const move = operation ?? (held.isUnderWay ? { kind: 'refund', state: 'created' } : undefined);
  if (move) {
    await node.rows(
      `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at)
       VALUES ($1, $2, $3, gen_random_uuid(), 100, $4, leveret_now()) RETURNING operation_id`,
      [attemptId, publisherId, move.kind, move.state],
    );
  }
  if (held.hasOpenCase) await plantCase(attemptId, null);
  if (held.answeredSecondsAgo !== undefined) await plantCase(attemptId, held.answeredSecondsAgo);
  return attemptId;
}

async function plantCase(attemptId: number, answeredSecondsAgo: number | null): Promise<void> {
  await node.rows(
    `INSERT INTO cases (publisher_id, attempt_id, kind, state, outcome, resolved_by, opened_at, resolved_at)
     VALUES ($1, $2, 'refund failed', CASE WHEN $3::float8 IS NULL THEN 'open' ELSE 'resolved' END,
       CASE WHEN $3 IS NOT NULL THEN 'dismissed' END, CASE WHEN $3 IS NOT NULL THEN 'someone' END,
       leveret_now() - interval '3 days', leveret_now() - $3 * interval '1 second') RETURNING case_id`,
    [node.client.publisher.publisherId, attemptId, answeredSecondsAgo],
  );
}
