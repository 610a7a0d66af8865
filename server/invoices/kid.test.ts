import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { kidOf, luhnDigit } from './kid.ts';

// Known answers: the check digit of ISO/IEC 7812-1's usual example and of published card and KID examples.
const known: [string, number][] = [
  ['7992739871', 3],
  ['411111111111111', 1],
  ['123456', 6],
  ['1', 8],
  ['0', 0],
];

for (const [digits, digit] of known) {
  test(`the check digit of ${digits} is ${digit}`, () => assert.equal(luhnDigit(digits), digit));
}

test('a KID is nine digits of the invoice number and the check digit', () => {
  assert.equal(kidOf(123456), '0001234566');
  assert.equal(kidOf(1), '0000000018');
  assert.equal(kidOf(999_999_999).length, 10);
});

test('a number that does not fit is refused', () => {
  for (const wrong of [1_000_000_000, -1, 1.5, Number.NaN]) assert.throws(() => kidOf(wrong), RangeError);
});

test('one wrong digit, and almost every swap of neighbours, is found', () => {
  const isValid = (kid: string) => luhnDigit(kid.slice(0, -1)) === Number(kid.at(-1));
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 999_999_999 }),
      fc.nat(9),
      fc.integer({ min: 1, max: 9 }),
      (number, at, by) => {
        const kid = kidOf(number);
        assert.ok(isValid(kid));
        const wrong = [...kid]
          .map((digit, index) => (index === at ? (Number(digit) + by) % 10 : digit))
          .join('');
        assert.ok(!isValid(wrong));
      },
    ),
  );
});
