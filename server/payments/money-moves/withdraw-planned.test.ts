import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Transaction } from '../../database/transaction.ts';
import { type MoneyFixture, openMoneyFixture } from '../../testing/money.ts';
import { type PlantedOperation, standOf as readStand, reservedWith } from '../../testing/operations.ts';
import { advancePlanned } from './advance-planned.ts';
import { withdrawPlanned } from './withdraw-planned.ts';

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

/** Three captures that wait for their day, and what is no such capture. */
const waiting: PlantedOperation[] = [
  { kind: 'capture', amount: 100, due: 100, line: 1 },
  { kind: 'capture', amount: 200, due: 300, line: 2 },
  { kind: 'capture', amount: 300, due: 200, line: 3 },
  { kind: 'capture', amount: 400, due: -10, line: 1 },
  { kind: 'capture', amount: 500, due: 100, line: 1, state: 'sent' },
  { kind: 'refund', amount: 600, due: 100, line: 1 },
];
const untouched = ['created 400 in -10 h', 'sent 500 in 100 h', 'created 600 in 100 h'];

const withdrawals: [string, { amountMinor: number; lineNumbers: number[] }, string[]][] = [
  [
    'nothing',
    { amountMinor: 0, lineNumbers: [] },
    ['created 100 in 100 h', 'created 200 in 300 h', 'created 300 in 200 h'],
  ],
  [
    'the latest first',
    { amountMinor: 200, lineNumbers: [] },
    ['created 100 in 100 h', 'failed 200 withdrawn in 300 h', 'created 300 in 200 h'],
  ],
  [
    'the latest in part',
    { amountMinor: 50, lineNumbers: [] },
    ['created 100 in 100 h', 'created 150 in 300 h', 'created 300 in 200 h'],
  ],
  [
    'one whole, the next in part',
    { amountMinor: 210, lineNumbers: [] },
    ['created 100 in 100 h', 'failed 200 withdrawn in 300 h', 'created 290 in 200 h'],
  ],
  [
    'the named lines before the latest',
    { amountMinor: 150, lineNumbers: [1] },
    ['failed 100 withdrawn in 100 h', 'created 150 in 300 h', 'created 300 in 200 h'],
  ],
  [
    'all of it',
    { amountMinor: 600, lineNumbers: [] },
    ['failed 100 withdrawn in 100 h', 'failed 200 withdrawn in 300 h', 'failed 300 withdrawn in 200 h'],
  ],
];

for (const [name, asked, expected] of withdrawals) {
  test(`captures that wait are taken back: ${name}`, async () => {
    const [about, other] = [await reserved(waiting), await reserved(waiting)];
    const before = await standOf(other.attemptId);
    await inTransaction((transaction) => withdrawPlanned(transaction, about.attemptId, asked));
    assert.deepEqual(await standOf(about.attemptId), [...expected, ...untouched]);
    assert.deepEqual(await standOf(other.attemptId), before);
  });
}

test('a capture that is lowered has its share of VAT, and its line’s part', async () => {
  const { attemptId, operationId } = await reserved([{ kind: 'capture', amount: 100, due: 100, line: 1 }]);
  await inTransaction((transaction) =>
    withdrawPlanned(transaction, attemptId, { amountMinor: 25, lineNumbers: [] }),
  );
  const [row] = await node.rows(
    'SELECT amount_minor, vat_minor, line_amounts, ended_at FROM payment_operations WHERE operation_id = $1',
    [operationId],
  );
  assert.deepEqual(row, { amount_minor: 75, vat_minor: 15, line_amounts: ['75'], ended_at: null });
});

const shares: [amount: number, vat: number, lowered: number, left: number][] = [
  [100, 20, 25, 15],
  [12_500, 2500, 1, 2500],
  [12_500, 2500, 3, 2499],
  [3, 1, 1, 1],
  [3, 1, 2, 0],
];

for (const [amount, vat, lowered, left] of shares) {
  test(`of ${amount} with a VAT of ${vat}, ${lowered} less has a VAT of ${left}`, async () => {
    const { attemptId, operationId } = await reserved([{ kind: 'capture', amount, due: 100, line: 1 }]);
    await node.rows(
      'UPDATE payment_operations SET vat_minor = $2 WHERE operation_id = $1 RETURNING 1 AS one',
      [operationId, vat],
    );
    await inTransaction((transaction) =>
      withdrawPlanned(transaction, attemptId, { amountMinor: lowered, lineNumbers: [] }),
    );
    const [row] = await node.rows<{ vat_minor: number }>(
      'SELECT vat_minor FROM payment_operations WHERE operation_id = $1',
      [operationId],
    );
    assert.equal(row?.vat_minor, left);
  });
}

test('captures of the named lines that wait for their day are due now, and no others', async () => {
  const [about, other] = [await reserved(waiting), await reserved(waiting)];
  const advance = (publisherId: number) =>
    inTransaction((transaction) => advancePlanned(transaction, { ...about, publisherId }, [1, 3]));
  assert.deepEqual(await advance(about.publisherId + 1), []);
  const advanced = await advance(about.publisherId);
  assert.deepEqual(
    advanced.map((one) => one.amountMinor).toSorted((one, two) => one - two),
    [100, 300],
  );
  assert.deepEqual((await standOf(about.attemptId)).slice(0, 3), [
    'created 100 in 0 h',
    'created 200 in 300 h',
    'created 300 in 0 h',
  ]);
  assert.deepEqual((await standOf(about.attemptId)).slice(3), untouched);
  assert.ok((await standOf(other.attemptId)).includes('created 100 in 100 h'));
});
