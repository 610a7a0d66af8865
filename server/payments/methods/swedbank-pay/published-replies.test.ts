import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evidenceOf } from './ask.ts';
import { readOrderAnswer } from './payment-order.ts';

/**
 * Replies that Swedbank Pay publishes (github SwedbankPay/developer.swedbankpay.com of 2026-07, Apache-2.0:
 * resource models of checkout v3, Verify, and the verification of payout), without fields nobody reads.
 */
const order = {
  id: '/psp/paymentorders/5adc265f-f87f-4313-577e-08d3dca1a26c',
  operation: 'Purchase',
  currency: 'SEK',
  amount: 1500,
  vatAmount: 375,
};
const paid = {
  instrument: 'Creditcard',
  number: 1_234_567_890,
  payeeReference: 'CD123',
  transactionType: 'Authorization',
  amount: 1500,
  paymentTokenGenerated: false,
  tokens: [
    { type: 'payment', token: '12345678-1234-1234-1234-1234567890AB', name: '4925xxxxxx000004' },
    { type: 'recurrence', token: '87654321-4321-4321-4321-BA0987654321', expiryDate: 'mm/yyyy' },
    { type: 'unscheduled', token: '87654321-4321-4321-4321-BA0987654321', expiryDate: 'mm/yyyy' },
  ],
};
const move = (type: string, amount: number, payeeReference: string) => ({ type, amount, payeeReference });
const moves = [
  move('Capture', 1000, 'AH123456'),
  move('Capture', 500, 'AH234567'),
  move('Reversal', 1000, 'AH345678'),
];
const problem = (type: string, status: number) => ({
  problem: {
    type: `https://api.payex.com/psp/errordetail/${type}`,
    title: 'Operation failed',
    status,
    problems: [],
  },
});
const failedAttemptList = [
  { number: 123_456, status: 'Aborted', ...problem('creditcard/3dsecureusercanceled', 403) },
  { number: 123_457, status: 'Failed', ...problem('vipps/vippsdeclined', 403) },
  { number: 123_458, status: 'Failed', ...problem('creditcard/3dsecureacquirergatewayerror', 502) },
];

function read(fields: object) {
  const raw = JSON.stringify({ paymentOrder: { ...order, ...fields }, operations: [] });
  const answer = readOrderAnswer(JSON.parse(raw));
  assert.ok(answer);
  const money = { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 };
  const { meaning, reason, agreement, ...evidence } = evidenceOf(answer, raw, { money, isAgreement: true });
  return { meaning, reason, token: agreement?.token, money: evidence.money && Object.values(evidence.money) };
}

const token = '87654321-4321-4321-4321-BA0987654321';
const nothing = [0, 0, 0, 0];
const replies: [name: string, fields: object, told: ReturnType<typeof read>][] = [
  [
    'a card that was captured twice and reversed once',
    {
      status: 'Paid',
      paid,
      financialTransactions: { financialTransactionsList: moves },
      remainingCaptureAmount: 0,
    },
    { meaning: 'secured', reason: undefined, token, money: [1500, 1500, 1000, 0] },
  ],
  [
    'a card whose token is for another kind of renewal',
    { status: 'Paid', paid: { ...paid, tokens: paid.tokens.filter(({ type }) => type !== 'unscheduled') } },
    { meaning: 'secured', reason: undefined, token: undefined, money: undefined },
  ],
  [
    'Swish',
    {
      status: 'Paid',
      paid: { instrument: 'Swish', number: 74_100_413_405, transactionType: 'Sale', amount: 1500 },
      financialTransactions: { financialTransactionsList: [] },
    },
    { meaning: 'secured', reason: undefined, token: undefined, money: [1500, 1500, 0, 0] },
  ],
  [
    'tries that failed',
    { status: 'Initialized', failedAttempts: { failedAttemptList } },
    { meaning: 'pending', reason: 'try again later', token: undefined, money: nothing },
  ],
  [
    'an order that failed',
    { status: 'Failed', failed: problem('creditcard/acquirererror', 403) },
    { meaning: 'declined', reason: 'declined', token: undefined, money: nothing },
  ],
  [
    'a verification that began, whose parts are addresses',
    {
      operation: 'Verify',
      status: 'Initialized',
      amount: 0,
      paid: { id: `${order.id}/paid`, paymentTokenGenerated: false },
      failed: { id: `${order.id}/failed` },
      financialTransactions: { id: `${order.id}/financialtransactions` },
      failedAttempts: { id: `${order.id}/failedattempts` },
    },
    { meaning: 'pending', reason: undefined, token: undefined, money: nothing },
  ],
  [
    'a verification that is done, and shows an amount',
    { operation: 'Verify', status: 'Paid', amount: 510, paid: { tokens: paid.tokens } },
    { meaning: 'secured', reason: undefined, token, money: nothing },
  ],
];

for (const [name, fields, told] of replies) {
  test(`as published: ${name}`, () => {
    assert.deepEqual(read(fields), told);
  });
}
