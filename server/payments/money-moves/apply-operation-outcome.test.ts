import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import type { CaseOutcome } from '../../cases/case.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, reservedWith, standOf } from '../../testing/operations.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { applyOperationOutcome } from './apply-operation-outcome.ts';
import { bookRefund } from './book-refund.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());
beforeEach(() => fixture.provider.reset());

const reserved = { authorizedMinor: 10_000, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
const taken = { ...reserved, capturedMinor: 10_000 };
type Planted = Awaited<ReturnType<typeof reservedWith>>;

async function planted(operation: PlantedOperation, money = reserved): Promise<Planted> {
  const about = await reservedWith(fixture, [operation]);
  await fixture.tell(about.orderId, { meaning: 'secured', money });
  return about;
}

function answer({ publisherId, attemptId, operationId }: Planted, outcome: CaseOutcome): Promise<void> {
  return node.context.database.transaction('test', (transaction) =>
    applyOperationOutcome(transaction, { publisherId, outcome, attemptId }, operationId),
  );
}

/** Each operation after the first, as its kind, state, amount and cause. */
async function begunBy(about: Planted): Promise<string[]> {
  const rows = await node.rows<{ told: string }>(
    `SELECT concat_ws(' ', kind, state, amount_minor, cause) AS told FROM payment_operations
     WHERE attempt_id = $1 AND operation_id > $2 ORDER BY operation_id`,
    [about.attemptId, about.operationId],
  );
  return rows.map(({ told }) => told);
}

const outcomes = ['paid', 'given_back', 'again', 'not_paid', 'accepted', 'refused', 'dismissed'] as const;

for (const state of ['created', 'sent', 'unknown', 'succeeded'] as const) {
  test(`an operation that is ${state} waits for no person: no word moves it`, async () => {
    const about = await planted({ kind: 'refund', state, amount: 100, code: 'x' }, taken);
    const before = await fixture.booksOf(about.orderId);
    for (const outcome of outcomes) await answer(about, outcome);
    assert.deepEqual(await standOf(fixture, about.attemptId), [`${state} 100 x`]);
    assert.deepEqual(await fixture.booksOf(about.orderId), before);
  });
}

test('dismissed, or said not to be: what waits for a person has failed, and what failed keeps its reason', async () => {
  for (const outcome of ['not_paid', 'dismissed'] as const) {
    const waiting = await planted({ kind: 'capture', state: 'by_hand', amount: 100, code: 'late' });
    const failed = await planted({ kind: 'capture', state: 'failed', amount: 100, code: 'no' });
    for (const about of [waiting, failed]) await answer(about, outcome);
    assert.deepEqual(await standOf(fixture, waiting.attemptId), [`failed 100 ${outcome}`]);
    assert.deepEqual(await standOf(fixture, failed.attemptId), ['failed 100 no']);
  }
});

for (const [state, stands] of [
  ['by_hand', 'failed 4000 taken'],
  ['failed', 'failed 4000 no'],
] as const) {
  test(`a release that is ${state}, given back after it was taken: so much of it is a refund`, async () => {
    const about = await planted({ kind: 'cancel', state, amount: 4000, code: 'no' }, taken);
    await answer(about, 'given_back');
    assert.deepEqual(await standOf(fixture, about.attemptId), [stands, 'succeeded 4000']);
    const { captured, refunded, cancelled } = await fixture.booksOf(about.orderId);
    assert.deepEqual([captured, refunded, cancelled], [10_000, 4000, 0]);
  });
}

test('a refund that waits for a person, of which others gave a part: the rest is what the person gave', async () => {
  const money = { ...taken, refundedMinor: 4000 };
  const about = await reservedWith(fixture, [
    { kind: 'refund', state: 'by_hand', amount: 10_000, code: 'late' },
    { kind: 'refund', state: 'succeeded', amount: 4000 },
  ]);
  await fixture.tell(about.orderId, { meaning: 'secured', money });
  await answer(about, 'given_back');
  const stood = ['failed 10000 in part', 'succeeded 4000', 'succeeded 6000'];
  assert.deepEqual(await standOf(fixture, about.attemptId), stood);
  assert.equal((await fixture.booksOf(about.orderId)).refunded, 10_000);
});

/** What failed, with what is known of the money, and what is begun when it is tried again. */
const again: [PlantedOperation, typeof reserved, string][] = [
  [{ kind: 'capture', amount: 4000, code: 'no' }, reserved, 'capture created 4000 again'],
  [{ kind: 'refund', amount: 4000, code: 'no' }, taken, 'refund created 4000 again'],
  [{ kind: 'cancel', amount: 10_000, code: 'no' }, reserved, 'cancel created 10000 again'],
  [{ kind: 'cancel', amount: 4000, code: 'no' }, taken, 'refund created 4000 give-back due'],
  [{ kind: 'refund', amount: 10_000, code: 'not captured' }, reserved, 'cancel created 10000 again'],
];

for (const [operation, money, begun] of again) {
  const { kind, amount, code } = operation;
  test(`again, of a ${kind} of ${amount} that failed as ${code}: ${begun}`, async () => {
    const about = await planted({ ...operation, state: 'failed' }, money);
    await answer(about, 'again');
    assert.deepEqual(await begunBy(about), [begun]);
  });
}

test('again, of a release that was taken, by a method without refund: a person gives it back', async () => {
  const method = findAdapter('test-reserving');
  assert.ok(method?.refund);
  const { refund } = method;
  const about = await planted({ kind: 'cancel', state: 'failed', amount: 4000, code: 'no' }, taken);
  delete method.refund;
  await answer(about, 'again');
  method.refund = refund;
  assert.deepEqual(await begunBy(about), ['refund by_hand 4000 give-back due']);
});

test('again keeps the lines of an operation, as far as the money goes', async () => {
  const money = { ...reserved, capturedMinor: 4000 };
  const about = await planted({ kind: 'refund', state: 'failed', amount: 6000, code: 'no', line: 1 }, money);
  await answer(about, 'again');
  const [row] = await node.rows<{ line_numbers: number[]; line_amounts: number[] }>(
    'SELECT line_numbers, line_amounts::integer[] FROM payment_operations WHERE attempt_id = $1 AND operation_id > $2',
    [about.attemptId, about.operationId],
  );
  assert.deepEqual([row?.line_numbers, row?.line_amounts], [[1], [4000]]);
});

/** What a person gave back of 70 that are left, and what is booked of it. */
const booked: [number | undefined, number][] = [
  [undefined, 7000],
  [4000, 4000],
  [7000, 7000],
  [9000, 7000],
];

for (const [given, expected] of booked) {
  test(`given back by hand ${given ?? 'as a whole'}, of 7000: ${expected} is booked, and of no other`, async () => {
    const money = { ...taken, refundedMinor: 3000 };
    const about = await planted({ kind: 'capture', state: 'succeeded', amount: 10_000 }, money);
    const other = await planted({ kind: 'capture', state: 'succeeded', amount: 10_000 }, money);
    const before = await fixture.booksOf(other.orderId);
    await node.context.database.transaction('test', async (transaction) => {
      await lockPayment(transaction, about);
      await bookRefund(transaction, { ...about, publisherId: about.publisherId + 1 }, given);
      await bookRefund(transaction, about, given);
    });
    assert.deepEqual(await begunBy(about), [`refund succeeded ${expected}`]);
    assert.equal((await fixture.booksOf(about.orderId)).refunded, 3000 + expected);
    assert.deepEqual([await fixture.booksOf(other.orderId), await begunBy(other)], [before, []]);
  });
}

test('given back by hand of what was never taken: nothing is booked', async () => {
  const about = await planted({ kind: 'cancel', state: 'failed', amount: 100, code: 'no' });
  await node.context.database.transaction('test', (transaction) => bookRefund(transaction, about));
  assert.deepEqual(await begunBy(about), []);
});
