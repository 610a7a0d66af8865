import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOnSale, priceWithVat, rateAt } from './catalogue.ts';

const at = (time: string | undefined) => (time === undefined ? undefined : new Date(time));

const sales: [string, string | undefined, string | undefined, boolean][] = [
  ['always', undefined, undefined, true],
  ['from its first moment', '2027-01-02T00:00:00Z', undefined, true],
  ['not before', '2027-01-02T00:00:00.001Z', undefined, false],
  ['not at its end', undefined, '2027-01-02T00:00:00Z', false],
  ['until its end', undefined, '2027-01-02T00:00:00.001Z', true],
];

for (const [name, startsAt, endsAt, expected] of sales) {
  test(`on sale: ${name}`, () => {
    const now = new Date('2027-01-02T00:00:00Z');
    assert.equal(isOnSale({ startsAt: at(startsAt), endsAt: at(endsAt) }, now), expected);
  });
}

test('the newest rate that is valid counts, in whatever order the rates stand', () => {
  const rate = (validFrom: string, rateBasisPoints: number) => ({
    country: 'FI',
    vatCode: 'standard',
    validFrom: new Date(validFrom),
    rateBasisPoints,
  });
  const rates = [rate('2024-09-01', 2550), rate('2013-01-01', 2400), rate('2010-07-01', 2300)];
  for (const list of [rates, rates.toReversed()]) {
    assert.equal(rateAt(list, new Date('2024-08-31')), 2400);
    assert.equal(rateAt(list, new Date('2024-09-01')), 2550);
    assert.equal(rateAt(list, new Date('2009-01-01')), undefined);
  }
});

test('a price shows the VAT that is inside it', () => {
  assert.deepEqual(priceWithVat(12500, 2500), { priceMinor: 12500, vatMinor: 2500, vatBasisPoints: 2500 });
  assert.equal(priceWithVat(9900, 0).vatMinor, 0);
});
