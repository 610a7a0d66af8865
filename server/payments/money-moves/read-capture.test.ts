import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../kit/problem.ts';
import type { LineMoney } from '../lines/find-line-money.ts';
import { type Capturable, type CaptureRequest, readCapture, type WantedCapture } from './read-capture.ts';

/** Lines by what is left of each, and how much of that waits for its day. */
type Stand = { left: number[]; planned?: number[]; free?: number; method?: Partial<Capturable> };

const linesOf = ({ left, planned = [] }: Stand): LineMoney[] =>
  left.map((amount, index) => ({
    line_number: index + 1,
    amount: amount + 10,
    captured: 6,
    planned: planned[index] ?? 0,
    planned_for: planned[index] ? new Date(86_400_000 * (index + 1)) : null,
    given_back: 4,
  }));

const moneyOf = ({ left, planned = [], free, method }: Stand): Capturable => {
  const plannedMinor = planned.reduce((sum, one) => sum + one, 0);
  const freeMinor = free ?? left.reduce((sum, one) => sum + one, 0) - plannedMinor;
  return { freeMinor, plannedMinor, inParts: true, leastMinor: 1, currency: 'NOK', ...method };
};

const read = (stand: Stand, request: CaptureRequest) => readCapture(request, linesOf(stand), moneyOf(stand));

const two: Stand = { left: [30_000, 30_000] };
const planned: Stand = { left: [30_000, 30_000], planned: [0, 30_000] };
/** 200 were taken without naming a line. */
const taken: Stand = { left: [30_000, 30_000], free: 40_000 };

const line = (lineNumber: number, amountMinor: number) => ({ lineNumber, amountMinor });
const nothing: WantedCapture = { advanced: [], withdrawn: [], amountMinor: 0, parts: undefined };

const cases: readonly [string, Stand, CaptureRequest, Partial<WantedCapture>][] = [
  ['all of it', two, {}, { amountMinor: 60_000, parts: [line(1, 30_000), line(2, 30_000)] }],
  ['an amount', two, { amount: '200' }, { amountMinor: 20_000 }],
  ['an amount to the last øre', two, { amount: '599.99' }, { amountMinor: 59_999 }],
  ['an amount of one øre', two, { amount: '0.01' }, { amountMinor: 1 }],
  [
    'all of it, by its amount',
    two,
    { amount: '600.00' },
    { amountMinor: 60_000, parts: [line(1, 30_000), line(2, 30_000)] },
  ],
  ['one line', two, { lines: [2] }, { amountMinor: 30_000, parts: [line(2, 30_000)] }],
  [
    'the lines out of order',
    two,
    { lines: [2, 1] },
    { amountMinor: 60_000, parts: [line(1, 30_000), line(2, 30_000)] },
  ],
  [
    'a line by name, whole',
    two,
    { lines: [{ lineNumber: 1 }] },
    { amountMinor: 30_000, parts: [line(1, 30_000)] },
  ],
  [
    'a part of a line, and another line',
    two,
    { lines: [{ lineNumber: 1, amount: '0.50' }, 2] },
    { amountMinor: 30_050, parts: [line(1, 50), line(2, 30_000)] },
  ],
  // What is planned for later is carried out, or makes room.
  [
    'all of it, also what is planned',
    planned,
    {},
    { advanced: [2], amountMinor: 30_000, parts: [line(1, 30_000)] },
  ],
  ['a line that is planned', planned, { lines: [2] }, { advanced: [2], parts: [] }],
  ['an amount beside what is planned', planned, { amount: '300' }, { amountMinor: 30_000 }],
  [
    'an amount that what is planned makes room for',
    planned,
    { amount: '400' },
    { amountMinor: 40_000, withdrawn: [{ lineNumbers: [2], amountMinor: 10_000 }] },
  ],
  [
    'a part of a line that is planned',
    planned,
    { lines: [{ lineNumber: 2, amount: '100' }] },
    { amountMinor: 10_000, parts: [line(2, 10_000)], withdrawn: [{ lineNumbers: [2], amountMinor: 10_000 }] },
  ],
  // Amounts without a line leave the lines less than they seem to have.
  ['the rest', taken, {}, { amountMinor: 40_000, parts: [line(1, 30_000), line(2, 10_000)] }],
  [
    'what is left of a line',
    { ...taken, free: 10_000 },
    { lines: [2] },
    { amountMinor: 10_000, parts: [line(2, 10_000)] },
  ],
  ['the rest, by its amount', taken, { amount: '400' }, { amountMinor: 40_000 }],
  [
    'what is named comes before what is not',
    taken,
    { lines: [1, { lineNumber: 2, amount: '200' }] },
    { amountMinor: 40_000, parts: [line(1, 20_000), line(2, 20_000)] },
  ],
  // A method that takes all or nothing.
  [
    'all of it at once',
    { ...two, method: { inParts: false } },
    {},
    { amountMinor: 60_000, parts: [line(1, 30_000), line(2, 30_000)] },
  ],
  [
    'all lines at once',
    { ...two, method: { inParts: false } },
    { lines: [1, 2] },
    { amountMinor: 60_000, parts: [line(1, 30_000), line(2, 30_000)] },
  ],
  ['the least there is', { ...two, method: { leastMinor: 100 } }, { amount: '1' }, { amountMinor: 100 }],
];

for (const [name, stand, request, wanted] of cases) {
  test(`captures ${name}`, () => {
    assert.deepEqual(read(stand, request), { ...nothing, ...wanted });
  });
}

const whole = { ...two, method: { inParts: false } };
const refused: readonly [string, Stand, CaptureRequest, string, RegExp?][] = [
  ['nothing', two, { amount: '0' }, 'amount_is_invalid', /^amount must be an amount in NOK above zero /],
  ['less than nothing', two, { amount: '-200' }, 'amount_is_invalid'],
  ['three decimals', two, { amount: '0.001' }, 'amount_is_invalid'],
  ['an exponent', two, { amount: '2e2' }, 'amount_is_invalid'],
  [
    'no amount of a line',
    two,
    { lines: [{ lineNumber: 1, amount: '0' }] },
    'amount_is_invalid',
    /^lines\[0\]\.amount /,
  ],
  [
    'amount and lines',
    two,
    { amount: '200', lines: [1] },
    'input_is_invalid',
    /^amount and lines exclude each other: lines have amounts/,
  ],
  ['an unknown line', two, { lines: [1, 3] }, 'input_is_invalid', /^lines\[1\] is no line/],
  [
    'an unknown line by name',
    two,
    { lines: [{ lineNumber: 3 }] },
    'input_is_invalid',
    /^lines\[0\]\.lineNumber is no line/,
  ],
  ['a line twice', two, { lines: [1, { lineNumber: 1, amount: '1' }] }, 'input_is_invalid', /twice/],
  [
    'more than is reserved',
    two,
    { amount: '600.01' },
    'capture_exceeds_reservation',
    /^The order has 600\.00 NOK left/,
  ],
  [
    'more than is left',
    taken,
    { amount: '500' },
    'capture_exceeds_reservation',
    /^The order has 400\.00 NOK left/,
  ],
  [
    'more than the line',
    two,
    { lines: [{ lineNumber: 1, amount: '300.01' }] },
    'capture_exceeds_reservation',
    /^Line 1 has 300\.00 NOK left/,
  ],
  [
    'lines that together are more than is left',
    taken,
    {
      lines: [
        { lineNumber: 1, amount: '300' },
        { lineNumber: 2, amount: '200' },
      ],
    },
    'capture_exceeds_reservation',
    /^The order has 400\.00 NOK left/,
  ],
  ['what is gone', { ...two, free: 0 }, {}, 'nothing_to_capture'],
  ['an amount of what is gone', { ...two, free: 0 }, { amount: '1' }, 'nothing_to_capture'],
  [
    'a line of what is gone',
    { ...two, free: 0 },
    { lines: [{ lineNumber: 1, amount: '1' }] },
    'nothing_to_capture',
  ],
  ['a line that was taken', { left: [0, 30_000] }, { lines: [1] }, 'nothing_to_capture'],
  ['no amount of what is gone', { ...two, free: 0 }, { amount: '0' }, 'amount_is_invalid'],
  ['a part of all or nothing', whole, { amount: '200' }, 'capture_must_be_whole'],
  ['a line of all or nothing', whole, { lines: [1] }, 'capture_must_be_whole'],
  [
    'all that is free of all or nothing, beside a plan',
    { ...planned, method: { inParts: false } },
    { amount: '300' },
    'capture_must_be_whole',
  ],
  [
    'less than the provider takes',
    { ...two, method: { leastMinor: 100 } },
    { amount: '0.99' },
    'amount_is_invalid',
    /at least 1\.00/,
  ],
  [
    'a line of less than the provider takes',
    { left: [99, 30_000], method: { leastMinor: 100 } },
    { lines: [1] },
    'amount_is_invalid',
  ],
];

for (const [name, stand, request, code, detail] of refused) {
  test(`refuses ${name}`, () => {
    assert.throws(
      () => read(stand, request),
      (error) => {
        assert.ok(error instanceof Problem);
        assert.equal(error.code, code);
        if (detail) assert.match(error.message, detail);
        return true;
      },
    );
  });
}

test('where amount and lines exclude each other, the amount is the field that is named', () => {
  assert.throws(
    () => read(two, { amount: '200', lines: [1] }),
    (error) => error instanceof Problem && error.fields[0]?.field === 'amount',
  );
});
