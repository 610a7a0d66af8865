import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { RecurringCharge } from './charge.ts';
import { intervalOf, isAboveCeiling, isTooMuch } from './limits.ts';

const start = '2026-01-31T10:00:00Z';

const moments: [unit: string, count: number, day: string, interval: number][] = [
  ['DAY', 1, '2026-01-31', 0],
  ['DAY', 1, '2026-02-01', 1],
  ['DAY', 30, '2026-03-01', 0],
  ['DAY', 30, '2026-03-02', 1],
  ['WEEK', 2, '2026-02-13', 0],
  ['WEEK', 2, '2026-02-14', 1],
  ['MONTH', 1, '2026-02-27', 0],
  ['MONTH', 1, '2026-02-28', 1],
  ['MONTH', 1, '2026-03-30', 1],
  ['MONTH', 1, '2026-03-31', 2],
  ['MONTH', 3, '2026-04-29', 0],
  ['MONTH', 3, '2026-04-30', 1],
  ['YEAR', 1, '2027-01-30', 0],
  ['YEAR', 1, '2027-01-31', 1],
];

for (const [unit, count, day, interval] of moments) {
  test(`${day} is in interval ${interval} of ${count} ${unit} since January 31`, () => {
    assert.equal(intervalOf({ start, interval: { unit, count } }, Date.parse(`${day}T08:00:00Z`)), interval);
  });
}

const monthly = { start, interval: { unit: 'MONTH', count: 1 }, pricing: { type: 'LEGACY', amount: 100 } };

const sums: [
  what: string,
  terms: typeof monthly | object,
  taken: [string, string, string, number][],
  number,
  boolean,
][] = [
  ['five times the price', {}, [], 500, false],
  ['more than five times the price', {}, [], 501, true],
  ['five times the price with an earlier one', {}, [['RECURRING', 'CHARGED', '2026-02-10', 300]], 200, false],
  ['more than that with an earlier one', {}, [['RECURRING', 'DUE', '2026-02-10', 300]], 201, true],
  ['as much in the next interval', {}, [['RECURRING', 'CHARGED', '2026-02-28', 500]], 500, false],
  ['as much beside the first payment', {}, [['INITIAL', 'CHARGED', '2026-02-10', 500]], 500, false],
  ['as much beside one that failed', {}, [['RECURRING', 'FAILED', '2026-02-10', 500]], 500, false],
  ['as much beside one given up', {}, [['RECURRING', 'CANCELLED', '2026-02-10', 500]], 500, false],
  ['any sum where none was fixed', { pricing: { type: 'FLEXIBLE' } }, [], 90_000, false],
  [
    'any number without an interval',
    { interval: undefined },
    [['RECURRING', 'DUE', '2026-02-10', 500]],
    500,
    false,
  ],
];

for (const [what, terms, taken, amount, expected] of sums) {
  test(`${what} is ${expected ? '' : 'not '}too much`, () => {
    const charges = taken.map(([type, status, day, sum]) => {
      return { type, status, amount: sum, dueAtMilliseconds: Date.parse(`${day}T08:00:00Z`) };
    }) as RecurringCharge[];
    const charge = { amount, dueAtMilliseconds: Date.parse('2026-02-20T08:00:00Z') };
    assert.equal(isTooMuch({ ...monthly, ...terms }, charges, charge), expected);
  });
}

test('an agreement may cost 20,000 NOK, 300,000 DKK, 2,000 EUR, and no more', () => {
  const most = { NOK: 2_000_000, DKK: 30_000_000, EUR: 200_000 };
  for (const [currency, amount] of Object.entries(most)) {
    assert.equal(isAboveCeiling(currency, amount), false, currency);
    assert.equal(isAboveCeiling(currency, amount + 1), true, currency);
  }
  assert.equal(isAboveCeiling('NOK', undefined), false);
});
