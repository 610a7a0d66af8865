import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../kit/problem.ts';
import { type CaptureRequest, readCapture } from './read-capture.ts';

/** What is left of each line, in minor units, and how much of that waits; line 2's day is after line 1's. */
type Stand = { left: number[]; planned?: number[] };

/** Reads a request where the provider captures 1.00 at least, and says what would be done. */
function read({ left, planned = [] }: Stand, request: CaptureRequest): string {
  const lines = left.map((amount, index) => ({
    line_number: index + 1,
    amount,
    captured: 0,
    planned: planned[index] ?? 0,
    planned_for: planned[index] ? new Date(86_400_000 * (index + 1)) : null,
    given_back: 0,
  }));
  const plannedMinor = planned.reduce((sum, one) => sum + one, 0);
  const freeMinor = left.reduce((sum, one) => sum + one, 0) - plannedMinor;
  const money = { freeMinor, plannedMinor, inParts: true, leastMinor: 100, currency: 'NOK' };
  try {
    const { advanced, withdrawn, amountMinor } = readCapture(request, lines, money);
    const lowered = withdrawn.map((one) => ` -${one.amountMinor} of ${one.lineNumbers.join()}`);
    return `${amountMinor}${lowered.join('')}${advanced.map((one) => ` +${one}`).join('')}`;
  } catch (error) {
    assert.ok(error instanceof Problem);
    return `${error.code}: ${error.message}`;
  }
}

const later = { left: [30_000], planned: [30_000] };
const free = { left: [30_000] };
const rest = { left: [50, 30_000], planned: [0, 30_000] };
const both = { left: [30_000, 30_000], planned: [30_000, 30_000] };
const part = (amount: string, lineNumber = 1) => ({ lines: [{ lineNumber, amount }] });
const left = '0.50 NOK would be left, less than 1.00 NOK, the least that the method captures';
const refuses = (says: string) => `amount_is_invalid: ${says}: ${left}`;

const table: readonly [string, Stand, CaptureRequest, string][] = [
  ['a plan keeps enough', later, part('299'), '29900 -29900 of 1'],
  ['a plan is used up', later, part('300'), '30000 -30000 of 1'],
  [
    'a plan keeps too little',
    later,
    part('299.50'),
    refuses('lines must come to at most 299.00 or 300.00 NOK'),
  ],
  [
    'an amount leaves a plan too little',
    later,
    { amount: '299.5' },
    refuses('amount must come to at most 299.00 or 300.00 NOK'),
  ],
  [
    'the later plan keeps too little',
    both,
    { amount: '299.5' },
    refuses('amount must come to at most 299.00 or 300.00 NOK'),
  ],
  ['the later plan goes, the earlier keeps enough', both, { amount: '301' }, '30100 -30000 of 2 -100 of 1'],
  [
    'the earlier plan keeps too little',
    both,
    { amount: '599.5' },
    refuses('amount must come to at most 599.00 or 600.00 NOK'),
  ],
  ['enough stays free', free, { amount: '299' }, '29900'],
  [
    'too little stays free',
    free,
    { amount: '299.5' },
    refuses('amount must come to at most 299.00 or 300.00 NOK'),
  ],
  [
    'too little of a line stays free',
    free,
    part('299.50'),
    refuses('lines must come to at most 299.00 or 300.00 NOK'),
  ],
  ['no less can be taken', { left: [150] }, { amount: '1' }, refuses('amount must come to 1.50 NOK')],
  [
    'a line beside a small one',
    { left: [50, 300] },
    { lines: [2] },
    refuses('lines must come to at most 2.50 or 3.50 NOK'),
  ],
  ['a small line with another', { left: [50, 300] }, { lines: [1, 2] }, '350'],
  [
    'too little stays free beside a plan',
    { left: [300, 300], planned: [0, 300] },
    part('2.50'),
    refuses('lines must come to at most 2.00 or 3.00 NOK'),
  ],
  ['all: the small rest joins what was planned', rest, {}, '30050 -30000 of 2'],
  ['all by its amount: the same', rest, { amount: '300.50' }, '30050 -30000 of 2'],
  ['all: a small plan joins the rest', { left: [30_000, 50], planned: [0, 50] }, {}, '30050 -50 of 2'],
  [
    'a small plan alone',
    { left: [30_000, 50], planned: [0, 50] },
    { lines: [2] },
    'amount_is_invalid: the lines come to less than 1.00 NOK, the least that the method captures',
  ],
  [
    'a plan beside a small rest',
    rest,
    { lines: [2] },
    refuses('lines must come to at most 299.50 or 300.50 NOK'),
  ],
  ['all, large enough each', { left: [100, 300], planned: [0, 300] }, {}, '100 +2'],
  [
    'all that is left is too little',
    { left: [50] },
    {},
    'nothing_to_capture: The order has 0.50 NOK left to capture, less than 1.00 NOK, the least that the method captures.',
  ],
  ['all that is left is the least', { left: [100] }, {}, '100'],
  [
    'all that is left, planned or not, is too little',
    { left: [50, 40], planned: [0, 40] },
    {},
    'nothing_to_capture: The order has 0.90 NOK left to capture, less than 1.00 NOK, the least that the method captures.',
  ],
  ['all, planned for about as much as is free', { left: [300, 250], planned: [0, 250] }, {}, '300 +2'],
  [
    'a small rest with one of two plans',
    { left: [50, 30_000, 30_000], planned: [0, 30_000, 30_000] },
    { lines: [1, 2] },
    '30050 -30000 of 2',
  ],
  [
    'each of two plans keeps enough',
    both,
    {
      lines: [
        { lineNumber: 1, amount: '150' },
        { lineNumber: 2, amount: '149.50' },
      ],
    },
    '29950 -15000 of 1 -14950 of 2',
  ],
  ['small plans stay as they are', { left: [300, 50, 50], planned: [0, 50, 50] }, { lines: [1] }, '300'],
  [
    'what is free beside a plan keeps enough',
    { left: [350, 300], planned: [0, 300] },
    {
      lines: [
        { lineNumber: 1, amount: '1' },
        { lineNumber: 2, amount: '1' },
      ],
    },
    '200 -100 of 2',
  ],
  ['a small rest stays as it is', { left: [50, 300], planned: [0, 300] }, part('1', 2), '100 -100 of 2'],
  [
    'no more than the least can be taken, or all',
    { left: [200] },
    { amount: '1.5' },
    refuses('amount must come to at most 1.00 or 2.00 NOK'),
  ],
];

for (const [name, stand, request, says] of table) {
  test(`where the provider captures 1.00 at least: ${name}`, () => assert.equal(read(stand, request), says));
}
