import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Currency, formatMajor, parseMajor, toMajor, vatIncluded } from './money.ts';

const cases: [string, Currency, number | string][] = [
  ['99', 'NOK', 9900],
  ['99.9', 'NOK', 9990],
  ['99.90', 'NOK', 9990],
  ['0.01', 'SEK', 1],
  ['-5', 'NOK', -500],
  ['0', 'NOK', 0],
  ['1500', 'ISK', 1500],
  ['1500.00', 'ISK', 1500],
  ['1500.5', 'ISK', 'too_many_decimals'],
  ['1.005', 'NOK', 'too_many_decimals'],
  ['1.000', 'NOK', 'too_many_decimals'],
  ['1e2', 'NOK', 'not_an_amount'],
  ['', 'NOK', 'not_an_amount'],
  ['.5', 'NOK', 'not_an_amount'],
  ['5.', 'NOK', 'not_an_amount'],
  ['1,50', 'NOK', 'not_an_amount'],
  ['999999999999', 'NOK', 'amount_too_large'],
];

for (const [text, currency, wanted] of cases) {
  test(`${text || 'nothing'} ${currency} is ${wanted}`, () => {
    const amount = parseMajor(text, currency);
    assert.equal(amount.ok ? amount.minor : amount.rule, wanted);
  });
}

test('what is formatted is read again as the same', () => {
  const minorUnits = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
  fc.assert(
    fc.property(minorUnits, fc.constantFrom<Currency>('NOK', 'ISK', 'EUR'), (minor, currency) => {
      assert.deepEqual(parseMajor(formatMajor(minor, currency), currency), { ok: true, minor });
      assert.equal(Math.round(toMajor(minor, currency) * (currency === 'ISK' ? 1 : 100)), minor);
    }),
  );
});

const vatCases: [number, number, number][] = [
  [12_500, 2500, 2500],
  [9900, 2500, 1980],
  [9900, 0, 0],
  [1, 2500, 0],
  [3, 2500, 1],
  [-12_500, 2500, -2500],
  [10_000, 1200, 1071],
];

for (const [gross, rate, vat] of vatCases) {
  test(`${gross} minor units hold ${vat} of VAT at ${rate / 100} %`, () => {
    assert.equal(vatIncluded(gross, rate), vat);
  });
}
