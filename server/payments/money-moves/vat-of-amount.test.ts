import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LinePart } from '../payment.ts';
import type { PaymentLine } from '../port/payment-request.ts';
import { vatOfAmount } from './vat-of-amount.ts';

function line(number: number, amountMinor: number, vatBasisPoints: number, vatMinor: number): PaymentLine {
  const name = `line ${number}`;
  return {
    ...{ reference: String(number), name, quantity: 1, unitPriceMinor: amountMinor },
    ...{ amountMinor, vatBasisPoints, vatMinor },
  };
}

const two = [line(1, 10_000, 2500, 2000), line(2, 5000, 0, 0)];
const part = (lineNumber: number, amountMinor: number): LinePart => ({ lineNumber, amountMinor });

const cases: [string, PaymentLine[], number, LinePart[] | undefined, number][] = [
  ['all of it', two, 15_000, undefined, 2000],
  ['a half', two, 7500, undefined, 1000],
  ['a share that is rounded down', two, 3, undefined, 0],
  ['a share that is rounded up', two, 4, undefined, 1],
  ['a half of a minor unit is rounded up', [line(1, 10, 2500, 5)], 1, undefined, 1],
  ['nothing of nothing', [], 0, undefined, 0],
  ['a line', two, 10_000, [part(1, 10_000)], 2000],
  ['a part of a line', two, 2500, [part(1, 2500)], 500],
  ['parts of two lines', two, 7500, [part(1, 2500), part(2, 5000)], 500],
  ['a line without VAT', two, 5000, [part(2, 5000)], 0],
];

for (const [name, lines, amountMinor, parts, expected] of cases) {
  test(`the VAT in ${name}`, () => {
    assert.equal(vatOfAmount(lines, amountMinor, parts), expected);
  });
}
