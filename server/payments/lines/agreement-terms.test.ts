import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agreementTermsOf, type RenewingLine } from './agreement-terms.ts';

type Length = [length: number, type: RenewingLine['periodType']];

/** A line that costs 100, and then 200 for as long a period unless said. */
const line = (first: Length, later: Length = first): RenewingLine => ({
  description: 'The paper',
  amountMinor: 100,
  periodLength: first[0],
  periodType: first[1],
  renewalMinor: 200,
  renewalLength: later[0],
  renewalType: later[1],
});

const month: Length = [1, 'months'];
const year: Length = [1, 'years'];

/** Lines, what all that renews as often as the first costs, how many more there are, and how often others do. */
const cases: [lines: RenewingLine[], amountMinor: number, more: number | undefined, others: string[]][] = [
  [[line(month)], 200, undefined, []],
  [[line(month), line(month)], 400, 1, []],
  [[line(month), line(year)], 200, undefined, ['1 year']],
  [[line(year), line(month), line(month)], 200, undefined, ['1 month']],
  [[line(month), line(year), line(month)], 400, 1, ['1 year']],
  [[line(month, year), line(year)], 400, 1, []],
  [[line(year), line([12, 'months'])], 400, 1, []],
  [[line([2, 'weeks']), line([14, 'days'])], 400, 1, []],
  // As long in some years, and not in others.
  [[line(year), line([52, 'weeks'])], 200, undefined, ['52 week']],
  [[line(year), line([365, 'days'])], 200, undefined, ['365 day']],
  [[line(month), line([30, 'days'])], 200, undefined, ['30 day']],
];

for (const [lines, amountMinor, more, others] of cases) {
  const told = lines.map(({ renewalLength, renewalType }) => `${renewalLength} ${renewalType}`);
  test(`lines that renew every ${told.join(', ')} cost ${amountMinor} together`, () => {
    const terms = agreementTermsOf(lines);
    assert.deepEqual([terms?.amountMinor, terms?.more], [amountMinor, more]);
    assert.deepEqual(
      (terms?.otherPeriods ?? []).map(({ unit, count }) => `${count} ${unit}`),
      others,
    );
  });
}

test('the first period is told where all begin alike, and nothing is agreed on where nothing renews', () => {
  const first = agreementTermsOf([line([12, 'months'], year), line(year)])?.first;
  assert.deepEqual(first, { amountMinor: 200, period: { unit: 'month', count: 12 } });
  assert.equal(agreementTermsOf([line(month, year), line(year)])?.first, undefined);
  assert.equal(agreementTermsOf([]), undefined);
});

test('lines that renew at other lengths have terms of their own', () => {
  const terms = agreementTermsOf([line(year), line(month), line([4, 'weeks']), line(month)]);
  assert.deepEqual(
    (terms?.others ?? []).map(({ amountMinor, more, period, first }) => [amountMinor, more, period, first]),
    [
      [400, 1, { unit: 'month', count: 1 }, { amountMinor: 200, period: { unit: 'month', count: 1 } }],
      [200, undefined, { unit: 'week', count: 4 }, { amountMinor: 100, period: { unit: 'week', count: 4 } }],
    ],
  );
});

const bound = (periods: number, first: Length = month, later = first) => ({
  ...line(first, later),
  leastTerm: periods,
});

const bindings: [name: string, lines: RenewingLine[], term: string | undefined][] = [
  ['nobody is bound', [line(month)], undefined],
  ['for three months', [bound(3)], '3 month'],
  ['by the longest of what renews together', [bound(3), line(month), bound(6)], '6 month'],
  ['by a first period that is longer', [bound(2, [6, 'months'], month)], '7 month'],
];

for (const [name, lines, term] of bindings) {
  test(`the least term: ${name}, and what is paid is the same`, () => {
    const terms = agreementTermsOf(lines);
    assert.equal(terms?.leastTerm && `${terms.leastTerm.count} ${terms.leastTerm.unit}`, term);
    const { leastTerm: _, ...unbound } = terms ?? assert.fail();
    assert.deepEqual(unbound, agreementTermsOf(lines.map((one) => ({ ...one, leastTerm: undefined }))));
  });
}
