import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transaction } from '../../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, standOf as readStand, reservedWith } from '../../testing/operations.ts';
import type { OperationState } from '../payment.ts';
import { lockOperation, moveOperation, renewReference } from './operations-store.ts';

let fixture: MoneyFixture;
let node: MoneyFixture['node'];
before(async () => {
  fixture = await openMoneyFixture();
  node = fixture.node;
});
after(() => fixture.close());

function inTransaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result> {
  return node.context.database.transaction('test', work);
}

const reserved = (operations: readonly PlantedOperation[] = []) => reservedWith(fixture, operations);

const standOf = (attemptId: number) => readStand(fixture, attemptId);

test('an operation of another publisher, of none, or the charge itself is not there', async () => {
  const { publisherId, operationId, attemptId } = await reserved([
    { kind: 'capture', due: 9, line: 1, amount: 70 },
  ]);
  const [charge] = await node.rows<{ operation_id: number }>(
    "SELECT operation_id FROM payment_operations WHERE attempt_id = $1 AND kind = 'charge'",
    [attemptId],
  );
  await inTransaction(async (transaction) => {
    const operation = await lockOperation(transaction, publisherId, operationId);
    assert.deepEqual(operation?.parts, [{ lineNumber: 1, amountMinor: 70 }]);
    assert.equal(Math.round((operation?.seconds_left ?? 0) / 3600), 9);
    assert.equal(await lockOperation(transaction, publisherId + 1, operationId), undefined);
    assert.equal(await lockOperation(transaction, publisherId, 0), undefined);
    assert.equal(await lockOperation(transaction, publisherId, charge?.operation_id ?? 0), undefined);
  });
});

test('an operation that is over is due at once', async () => {
  const { publisherId, operationId } = await reserved([{ kind: 'capture', due: -9 }]);
  const operation = await inTransaction((transaction) =>
    lockOperation(transaction, publisherId, operationId),
  );
  assert.deepEqual([operation?.seconds_left, operation?.parts], [0, null]);
});

test('moving an operation says when it was sent and when it ended, and moves no other', async () => {
  const { publisherId, attemptId, operationIds } = await reserved([{ kind: 'refund' }, { kind: 'refund' }]);
  const [operationId = 0] = operationIds;
  const own: { publisher_id: number; operation_id: number } = {
    publisher_id: publisherId,
    operation_id: operationId,
  };
  const timesOf = async () => {
    const [row] = await node.rows<{ sent: boolean; ended: boolean }>(
      `SELECT sent_at IS NOT NULL AS sent, ended_at IS NOT NULL AS ended FROM payment_operations
       WHERE operation_id = $1`,
      [operationId],
    );
    return [row?.sent, row?.ended];
  };
  const move = (state: OperationState, about = own) =>
    inTransaction((transaction) => moveOperation(transaction, about, state, `was ${state}`));
  await move('failed', { ...own, publisher_id: publisherId + 1 });
  assert.deepEqual(await timesOf(), [false, false]);
  await move('created');
  assert.deepEqual(await timesOf(), [false, false]);
  for (const state of ['sent', 'unknown', 'by_hand'] as const) {
    await move(state);
    assert.deepEqual(await timesOf(), [true, false], state);
  }
  await move('failed');
  assert.deepEqual(await timesOf(), [true, true]);
  await move('succeeded');
  assert.deepEqual(await timesOf(), [true, true]);
  assert.deepEqual(await standOf(attemptId), ['succeeded 100 was succeeded', 'created 100']);
});

test('another reference is given to one operation', async () => {
  const { publisherId, attemptId, operationIds } = await reserved([{ kind: 'refund' }, { kind: 'refund' }]);
  const references = async () =>
    (
      await node.rows<{ reference: string }>(
        "SELECT reference FROM payment_operations WHERE attempt_id = $1 AND kind = 'refund' ORDER BY operation_id",
        [attemptId],
      )
    ).map((row) => row.reference);
  const former = await references();
  const [operationId = 0] = operationIds;
  const renew = (publisher: number) =>
    inTransaction((transaction) =>
      renewReference(transaction, { publisher_id: publisher, operation_id: operationId }),
    );
  await renew(publisherId + 1);
  assert.deepEqual(await references(), former);
  await renew(publisherId);
  const [own, other] = await references();
  assert.notEqual(own, former[0]);
  assert.equal(other, former[1]);
});
