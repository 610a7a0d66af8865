import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesLeft } from './codes-left.ts';

const cases: [
  ofOrder: number,
  wrong: number,
  toMobile: number,
  perOrder: number,
  perDay: number,
  left: number,
][] = [
  [0, 0, 0, 10, 20, 5],
  [1, 1, 1, 10, 20, 4],
  [4, 4, 4, 10, 20, 1],
  [5, 5, 5, 10, 20, 0],
  // Codes that were asked for anew and never typed.
  [7, 0, 7, 10, 20, 3],
  [10, 0, 10, 50, 50, 0],
  [11, 0, 11, 50, 50, 0],
  [1, 1, 1, 3, 20, 2],
  [3, 1, 3, 3, 20, 0],
  // What other orders sent to the same mobile.
  [0, 0, 19, 10, 20, 1],
  [0, 0, 25, 10, 20, 0],
];

for (const [ofOrder, wrong, toMobile, messagesPerOrder, messagesPerRecipientPerDay, left] of cases) {
  test(`${ofOrder} codes of an order, ${wrong} of them wrong, ${toMobile} to its mobile: ${left} left`, () => {
    const ceilings = { messagesPerOrder, messagesPerRecipientPerDay };
    assert.equal(codesLeft({ ofOrder, wrong, toMobile }, ceilings), left);
  });
}
