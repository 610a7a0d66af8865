import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../kit/problem.ts';
import type { LineMoney } from '../lines/find-line-money.ts';
import { type RefundRequest, type RequestedMoney, readRefund } from './read-refund.ts';

/** Lines by their amount and what of it went back; `most` where the order has less left than its lines. */
type Stand = { lines: [number, number][]; most?: number; currency?: string };

const linesOf = ({ lines }: Stand): LineMoney[] =>
  lines.map(([amount, givenBack], index) => ({
    ...{ line_number: index + 1, amount, captured: amount, planned: 0, planned_for: null },
    given_back: givenBack,
  }));

function read(stand: Stand, request: RefundRequest): RequestedMoney {
  const left = stand.lines.reduce((sum, [amount, back]) => sum + Math.max(0, amount - back), 0);
  return readRefund(request, linesOf(stand), stand.currency ?? 'NOK', stand.most ?? left);
}

const two: Stand = {
  lines: [
    [6000, 0],
    [4000, 1000],
  ],
};
const line = (lineNumber: number, amountMinor: number, isWhole = true) => ({
  lineNumber,
  amountMinor,
  isWhole,
});
const lines = (...requested: [number, string?][]): RefundRequest => ({
  lines: requested.map(([lineNumber, amount]) => ({ lineNumber, amount })),
});

const cases: [string, Stand, RefundRequest, RequestedMoney][] = [
  ['all of it', two, {}, { amountMinor: 9000, lines: [line(1, 6000), line(2, 3000)], isWhole: true }],
  [
    'all of what the lines do not tell of',
    { ...two, most: 8000 },
    {},
    { amountMinor: 8000, lines: undefined, isWhole: true },
  ],
  [
    'nothing, where nothing is left',
    { ...two, most: 0 },
    {},
    { amountMinor: 0, lines: undefined, isWhole: true },
  ],
  ['an amount', two, { amount: '10.50' }, { amountMinor: 1050, lines: undefined, isWhole: false }],
  ['an amount that is all', two, { amount: '90' }, { amountMinor: 9000, lines: undefined, isWhole: true }],
  ['one øre', two, { amount: '0.01' }, { amountMinor: 1, lines: undefined, isWhole: false }],
  ['a line', two, lines([1]), { amountMinor: 6000, lines: [line(1, 6000)], isWhole: false }],
  ['what is left of a line', two, lines([2]), { amountMinor: 3000, lines: [line(2, 3000)], isWhole: false }],
  [
    'lines in part and whole',
    two,
    lines([2, '30'], [1, '1']),
    { amountMinor: 3100, lines: [line(2, 3000), line(1, 100, false)], isWhole: false },
  ],
  [
    'lines, as far as the order has so much left',
    { ...two, most: 7000 },
    lines([1], [2]),
    { amountMinor: 7000, lines: [line(1, 6000), line(2, 1000)], isWhole: false },
  ],
  [
    'a named amount before what is left',
    { ...two, most: 7000 },
    lines([1], [2, '30']),
    { amountMinor: 7000, lines: [line(1, 4000), line(2, 3000)], isWhole: false },
  ],
  [
    'a line of which more went back than it was',
    { lines: [[6000, 7000]] },
    lines([1]),
    { amountMinor: 0, lines: [line(1, 0)], isWhole: false },
  ],
  [
    'another currency without decimals',
    { lines: [[600, 0]], currency: 'ISK' },
    { amount: '600' },
    { amountMinor: 600, lines: undefined, isWhole: true },
  ],
];

for (const [name, stand, request, expected] of cases) {
  test(`a refund of ${name}`, () => {
    assert.deepEqual(read(stand, request), expected);
  });
}

const amountRule = 'must be an amount in NOK above zero with at most two decimals';
const refusals: [string, Stand, RefundRequest, string][] = [
  [
    'amount and lines',
    two,
    { amount: '1', ...lines([1]) },
    'input_is_invalid amount: amount and lines exclude each other: lines have amounts of their own',
  ],
  ['nothing', two, { amount: '0' }, `amount_is_invalid amount: amount ${amountRule}`],
  ['less than nothing', two, { amount: '-1' }, `amount_is_invalid amount: amount ${amountRule}`],
  ['three decimals', two, { amount: '1.001' }, `amount_is_invalid amount: amount ${amountRule}`],
  [
    'nothing of a line',
    two,
    lines([1, '0']),
    `amount_is_invalid lines[0].amount: lines[0].amount ${amountRule}`,
  ],
  [
    'more than is left',
    two,
    { amount: '90.01' },
    'refund_exceeds_payment The order has 90.00 NOK left to refund.',
  ],
  [
    'more than is left of a line',
    two,
    lines([1], [2, '30.01']),
    'refund_exceeds_payment Line 2 has 30.00 NOK left to refund.',
  ],
  [
    'lines that come to more than the order has left',
    { ...two, most: 7000 },
    lines([1, '60'], [2, '10.01']),
    'refund_exceeds_payment The order has 70.00 NOK left to refund.',
  ],
  ['something of nothing', { ...two, most: 0 }, { amount: '1' }, 'nothing_to_refund'],
  ['something of a line that went back', { lines: [[60, 60]] }, lines([1, '1']), 'nothing_to_refund'],
  [
    'an unknown line',
    two,
    lines([3]),
    'input_is_invalid lines[0].lineNumber: lines[0].lineNumber is no line of the order',
  ],
  [
    'a line twice',
    two,
    lines([1], [1, '1']),
    'input_is_invalid lines[1].lineNumber: lines[1].lineNumber is named twice',
  ],
];

for (const [name, stand, request, expected] of refusals) {
  test(`no refund of ${name}`, () => {
    assert.throws(
      () => read(stand, request),
      (error) => {
        assert.ok(error instanceof Problem);
        const [field] = error.fields;
        const about = field ? `${field.field}: ` : '';
        assert.ok(`${error.code} ${about}${error.message}`.startsWith(expected), error.message);
        return true;
      },
    );
  });
}
