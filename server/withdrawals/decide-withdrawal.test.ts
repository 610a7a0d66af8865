import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NoRight } from '../orders/withdrawal-right.ts';
import {
  decideWithdrawal,
  type LineToWithdraw,
  type WithdrawalDecision,
  type WithdrawalFacts,
} from './decide-withdrawal.ts';

const day = (number: number, hour = 12) => new Date(Date.UTC(2026, 11, number, hour));
const period = { startsAt: day(1), endsAt: day(31) };

const line = (
  lineNumber: number,
  leftMinor: number,
  changes: Partial<LineToWithdraw> = {},
): LineToWithdraw => ({
  right: { lineNumber, right: 'yes', days: 14, until: day(16, 0) },
  leftMinor,
  isWithdrawn: false,
  period: undefined,
  ...changes,
});
const without = (lineNumber: number, leftMinor: number, why: NoRight) =>
  line(lineNumber, leftMinor, { right: { lineNumber, right: 'no', why } });
const withdrawn = (lineNumber: number) => line(lineNumber, 0, { isWithdrawn: true });
const month = line(1, 30_000, { period });

const us = (leftMinor: number) => ({ money: { by: 'us', leftMinor } }) as const;
const facts: WithdrawalFacts = {
  state: 'completed',
  isDecided: false,
  isProven: true,
  statedAt: day(5),
  named: undefined,
  lines: [line(1, 9900)],
  ...us(9900),
  refund: 'whole',
  earlyStart: false,
};
const two = { lines: [line(1, 6000), line(2, 4000)], ...us(10_000) };
const nobody = { money: { by: 'nobody', leftMinor: 0 } } as const;
const unconfirmed = { money: { by: 'unconfirmed', leftMinor: 9900 } } as const;
const elsewhere = { money: { by: 'elsewhere', leftMinor: 9900 } } as const;
const begun = { earlyStart: true, refund: 'less used days', lines: [month], ...us(30_000) } as const;
const decided = { isDecided: true, isProven: false };
const issue = [without(1, 4900, 'single issue')];
const mixed = { lines: [line(1, 6000), without(2, 4900, 'single issue')], ...us(10_900) };

/** `1 9900 us`: the lines that end, each with what goes back of it, and by whom. */
function told(decision: WithdrawalDecision): string {
  if (decision.kind === 'repeated') return 'repeated';
  if (decision.kind === 'to check') return `to check: ${decision.reason}`;
  const { ends, lines, amountMinor, refundBy, rest } = decision;
  const sum = lines.reduce((total, one) => total + one.amountMinor, 0);
  assert.equal(sum, amountMinor);
  const of = lines.map((one) => `${one.lineNumber} ${one.amountMinor}`).join(', ');
  return [`${ends}: ${of}`, refundBy, rest && `but ${rest}`].filter(Boolean).join(' ');
}

const cases: [string, Partial<WithdrawalFacts>, string][] = [
  ['captured', {}, 'lines: 1 9900 us'],
  ['only reserved, which is released', us(9900), 'lines: 1 9900 us'],
  ['by invoice', { money: { by: 'invoice', leftMinor: 9900 } }, 'lines: 1 9900 invoice'],
  [
    'by an invoice that is credited in part',
    { money: { by: 'invoice', leftMinor: 4000 } },
    'lines: 1 4000 invoice',
  ],
  ['paid elsewhere', elsewhere, 'lines: 1 9900 hand'],
  ['paid on a page, and not confirmed yet', unconfirmed, 'lines: 1 9900 hand'],
  ['free', { lines: [line(1, 0)], ...nobody }, 'lines: 1 0'],
  ['a gift that its buyer withdraws from', {}, 'lines: 1 9900 us'],

  ['of two lines, all', two, 'lines: 1 6000, 2 4000 us'],
  ['of two lines, one', { ...two, named: [2] }, 'lines: 2 4000 us'],
  [
    'of two lines, the other, after the first',
    { lines: [line(1, 6000), withdrawn(2)], ...us(6000) },
    'lines: 1 6000 us',
  ],
  ['the same line again', { lines: [line(1, 6000), withdrawn(2)], named: [2], ...us(6000) }, 'repeated'],
  ['all again', { lines: [withdrawn(1), withdrawn(2)], ...us(0) }, 'repeated'],
  ['all again, after the days', { lines: [withdrawn(1)], ...us(0), statedAt: day(20) }, 'repeated'],

  ['a line refunded in part before', { lines: [line(1, 2500)], ...us(2500) }, 'lines: 1 2500 us'],
  ['an amount of the order refunded before', { ...two, ...us(7000) }, 'lines: 1 6000, 2 1000 us'],
  ['one line, after an amount went back', { ...two, ...us(3000), named: [1] }, 'lines: 1 3000 us'],
  ['a refund of all on its way', { lines: [line(1, 0)], ...us(0) }, 'lines: 1 0'],
  ['refunded whole before', { ...two, lines: [line(1, 0), line(2, 0)], ...us(0) }, 'lines: 1 0, 2 0'],

  ['the last moment', { statedAt: new Date(day(16, 0).getTime() - 1) }, 'lines: 1 9900 us'],
  ['a moment too late', { statedAt: day(16, 0) }, 'to check: too late'],
  ['a single issue', { lines: issue, ...us(4900) }, 'to check: single issue'],
  [
    'digital content that began',
    { lines: [without(1, 1, 'digital content begun')] },
    'to check: digital content begun',
  ],
  ['not offered', { lines: [without(1, 1, 'not offered')] }, 'to check: not offered'],
  ['a business', { lines: [without(1, 1, 'bought for a business')] }, 'to check: bought for a business'],
  ['a line with a right and one without', mixed, 'lines: 1 6000 us but single issue'],
  ['of these the one without', { ...mixed, named: [2] }, 'to check: single issue'],

  ['not proven', { isProven: false }, 'to check: not proven'],
  ['not proven, after the days', { isProven: false, statedAt: day(20) }, 'to check: not proven'],
  ['not proven, of what was withdrawn', { isProven: false, lines: [withdrawn(1)] }, 'to check: not proven'],
  [
    'not proven, of an order that was not paid',
    { isProven: false, state: 'registered' },
    'to check: not proven',
  ],

  ['registered', { state: 'registered', ...nobody }, 'order: 1 0'],
  ['registered, paid on a page', { state: 'registered', ...unconfirmed }, 'order: 1 9900 us'],
  ['registered, paid elsewhere', { state: 'registered', ...elsewhere }, 'order: 1 9900 hand'],
  [
    'registered, paid elsewhere and given back there',
    { state: 'registered', money: { by: 'elsewhere', leftMinor: 0 } },
    'order: 1 0',
  ],
  ['paying', { state: 'paying', ...nobody }, 'order: 1 0'],
  ['paying, whose money came to us', { state: 'paying', ...us(9900) }, 'order: 1 0'],
  ['stopped', { state: 'stopped', ...nobody }, 'order: 1 0'],
  ['cancelled by a withdrawal before', { state: 'stopped', lines: [withdrawn(1)], ...nobody }, 'repeated'],
  ['registered, a part', { state: 'registered', ...two, named: [1] }, 'to check: not completed'],
  ['paying, a single issue', { state: 'paying', lines: issue, ...nobody }, 'order: 1 0'],

  ['a person accepts what nobody proved', decided, 'lines: 1 9900 us'],
  ['a person accepts what came too late', { ...decided, statedAt: day(40) }, 'lines: 1 9900 us'],
  ['a person accepts a single issue', { ...decided, lines: issue, ...us(4900) }, 'lines: 1 4900 us'],
  ['a person accepts what was withdrawn before', { ...decided, lines: [withdrawn(1)] }, 'repeated'],
  [
    'a person accepts a part of an order not completed',
    { ...decided, ...two, state: 'paying', named: [1] },
    'to check: not completed',
  ],

  ['begun at once, five days of thirty', { ...begun, statedAt: day(6) }, 'lines: 1 25000 us'],
  ['begun at once, a part of a day', { ...begun, statedAt: day(2, 11) }, 'lines: 1 30000 us'],
  [
    'begun at once, rounded for the buyer',
    { ...begun, lines: [{ ...month, leftMinor: 9999 }], statedAt: day(4) },
    'lines: 1 9000 us',
  ],
  [
    'begun at once, where all goes back',
    { ...begun, refund: 'whole', statedAt: day(6) },
    'lines: 1 30000 us',
  ],
  ['nobody asked that it begins', { ...begun, earlyStart: false, statedAt: day(6) }, 'lines: 1 30000 us'],
  ['begun at once, before its first day', { ...begun, statedAt: day(1, 10) }, 'lines: 1 30000 us'],
  [
    'begun at once, a third refunded before',
    { ...begun, lines: [{ ...month, leftMinor: 20_000 }], ...us(20_000), statedAt: day(7) },
    'lines: 1 16000 us',
  ],
  ['begun at once, less left of the order', { ...begun, ...us(1000), statedAt: day(6) }, 'lines: 1 1000 us'],
  [
    'begun at once, a person accepts after its period',
    { ...begun, ...decided, statedAt: day(45) },
    'lines: 1 0',
  ],
  [
    'begun at once, before its first day, of an order with more',
    { ...begun, ...us(60_000), statedAt: day(1, 10) },
    'lines: 1 30000 us',
  ],
  [
    'begun at once, for less than a day',
    { ...begun, lines: [{ ...month, period: { startsAt: day(1), endsAt: day(1, 20) } }], statedAt: day(4) },
    'lines: 1 30000 us',
  ],
  ['begun at once, without a period', { ...begun, lines: [line(1, 9900)] }, 'lines: 1 9900 us'],
];

for (const [name, changes, expected] of cases) {
  test(`withdrawal: ${name}`, () => {
    assert.equal(told(decideWithdrawal({ ...facts, ...changes })), expected);
  });
}
