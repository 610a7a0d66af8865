import assert from 'node:assert/strict';
import { test } from 'node:test';
import { moneyOf } from './money.ts';
import { readOrderAnswer } from './payment-order.ts';

type Totals = [authorized: number, captured: number, refunded: number, cancelled: number];

function moneyOfText(fields: object): Totals | undefined {
  const id = '/psp/paymentorders/5adc265f-f87f-4313-577e-08d3dca1a26c';
  const answer = readOrderAnswer({ paymentOrder: { id, amount: 1500, ...fields } });
  assert.ok(answer);
  const money = moneyOf(answer.paymentOrder);
  return money && [money.authorizedMinor, money.capturedMinor, money.refundedMinor, money.cancelledMinor];
}

const moves = (...all: [string, number][]) => ({
  financialTransactions: {
    financialTransactionsList: all.map(([type, amount]) => ({ type, amount, payeeReference: 'a' })),
  },
});
const card = { status: 'Paid', paid: { transactionType: 'Authorization', amount: 1500 } };
const sale = { status: 'Paid', paid: { transactionType: 'Sale', amount: 1500 } };

const table: [string, object, Totals | undefined][] = [
  ['open', { status: 'Initialized' }, [0, 0, 0, 0]],
  ['failed', { status: 'Failed' }, [0, 0, 0, 0]],
  // As a verification of a bank account is shown in the documents.
  ['verified', { operation: 'Verify', status: 'Paid', amount: 510 }, [0, 0, 0, 0]],
  ['reserved', { ...card, remainingCaptureAmount: 1500, ...moves() }, [1500, 0, 0, 0]],
  [
    'a part captured',
    { ...card, remainingCaptureAmount: 500, ...moves(['Capture', 1000]) },
    [1500, 1000, 0, 0],
  ],
  [
    'its rest released',
    { ...card, remainingCaptureAmount: 0, ...moves(['Capture', 1000]) },
    [1500, 1000, 0, 500],
  ],
  [
    'a release that is shown is counted once',
    { ...card, remainingCaptureAmount: 0, ...moves(['Capture', 1000], ['Cancellation', 500]) },
    [1500, 1000, 0, 500],
  ],
  ['all released', { ...card, status: 'Cancelled', ...moves() }, [1500, 0, 0, 1500]],
  ['what remains is not told', { ...card, ...moves(['Capture', 1000]) }, [1500, 1000, 0, 0]],
  ['sold', { ...sale, ...moves(['Sale', 1500]) }, [1500, 1500, 0, 0]],
  ['sold, a part given back', { ...sale, ...moves(['Sale', 1500], ['Reversal', 400]) }, [1500, 1500, 400, 0]],
  ['its transactions are not shown', { ...card, remainingCaptureAmount: 0 }, undefined],
];
for (const [name, fields, expected] of table) {
  test(`the money of an order: ${name}`, () => assert.deepEqual(moneyOfText(fields), expected));
}
