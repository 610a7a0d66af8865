import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreedPrice, Period, WantedCharge } from '../../port/payment-request.ts';
import { refuseCharge } from './charge-rules.ts';

const month: Period = { unit: 'month', count: 1 };
const fixed: AgreedPrice = { kind: 'fixed', amountMinor: 10_000 };
const wanted: WantedCharge = {
  amountMinor: 10_000,
  dueOn: '2026-02-10',
  today: '2026-02-05',
  agreed: { price: fixed, period: month, startedOn: '2026-01-31' },
  others: [],
};

const price = 'charge_price_not_supported';
const day = 'charge_day_not_supported';
const sum = 'charge_exceeds_agreement';

type Case = [what: string, changes: Partial<WantedCharge>, rule: string | undefined];

const ofOne: Case[] = [
  ['the price', {}, undefined],
  ['1.00', { amountMinor: 100 }, undefined],
  ['0.99', { amountMinor: 99 }, price],
  ['nothing', { amountMinor: 0 }, price],
  ['tomorrow', { dueOn: '2026-02-06' }, undefined],
  ['today', { dueOn: '2026-02-05' }, day],
  ['a day that is over', { dueOn: '2026-02-04' }, day],
  ['two years ahead', { dueOn: '2028-02-05' }, undefined],
  ['two years and a day ahead', { dueOn: '2028-02-06' }, day],
  ['two years after a leap day', { today: '2028-02-29', dueOn: '2030-02-28' }, undefined],
  ['more than two years after a leap day', { today: '2028-02-29', dueOn: '2030-03-01' }, day],
  ['two years from December', { today: '2026-12-31', dueOn: '2028-12-31' }, undefined],
];

const others = (...charges: [dueOn: string, amountMinor: number][]) => ({
  others: charges.map(([dueOn, amountMinor]) => ({ dueOn, amountMinor })),
});

/** Of an agreement for 100.00 a month that began on January 31: its intervals begin on February 28, March 31 … */
const ofAnInterval: Case[] = [
  ['five times the price', { amountMinor: 50_000 }, undefined],
  ['more than that', { amountMinor: 50_001 }, sum],
  ['the rest of it', { amountMinor: 20_000, ...others(['2026-02-09', 30_000]) }, undefined],
  ['more than the rest', { amountMinor: 20_001, ...others(['2026-02-09', 30_000]) }, sum],
  ['the rest beside two', { ...others(['2026-02-09', 30_000], ['2026-02-27', 10_000]) }, undefined],
  ['more beside two', { ...others(['2026-02-09', 30_000], ['2026-02-27', 10_001]) }, sum],
  ['all of it before the next', { amountMinor: 50_000, ...others(['2026-02-28', 50_000]) }, undefined],
  ['all of it after the last', { dueOn: '2026-02-28', ...others(['2026-02-27', 50_000]) }, undefined],
  ['more on the last day', { dueOn: '2026-03-30', ...others(['2026-02-28', 50_000]) }, sum],
  ['all of the next', { dueOn: '2026-03-31', ...others(['2026-02-28', 50_000]) }, undefined],
];

const every = (count: number, unit: Period['unit']) => ({
  agreed: { price: fixed, period: { unit, count }, startedOn: '2026-01-31' },
});

/** Each with five times the price due on February 10, and the last and the first day that are in another interval. */
const ofLengths: Case[] = [
  ['the day after', { ...every(1, 'day'), dueOn: '2026-02-11' }, undefined],
  ['the same day', { ...every(1, 'day'), dueOn: '2026-02-10' }, sum],
  ['the same two weeks', { ...every(2, 'week'), dueOn: '2026-02-13' }, sum],
  ['the next two weeks', { ...every(2, 'week'), dueOn: '2026-02-14' }, undefined],
  ['the same quarter', { ...every(3, 'month'), dueOn: '2026-04-29' }, sum],
  ['the next quarter', { ...every(3, 'month'), dueOn: '2026-04-30' }, undefined],
  ['the same year', { ...every(1, 'year'), dueOn: '2027-01-30' }, sum],
  ['the next year', { ...every(1, 'year'), dueOn: '2027-01-31' }, undefined],
  // Told to Vipps MobilePay as a year and as three months, and so counted.
  ['the same 52 weeks', { ...every(52, 'week'), dueOn: '2027-01-30' }, sum],
  ['the next 52 weeks', { ...every(52, 'week'), dueOn: '2027-01-31' }, undefined],
  ['the same 90 days', { ...every(90, 'day'), dueOn: '2026-04-29' }, sum],
  ['a length that cannot be written', { ...every(45, 'day') }, sum],
].map(([what, changes, rule]) => [
  what,
  { ...others(['2026-02-10', 50_000]), ...(changes as object) },
  rule,
]) as Case[];

const upTo = (suggestedMinor: number, chosenMinor?: number) => {
  const agreedPrice: AgreedPrice = {
    kind: 'up to',
    suggestedMinor,
    ...(chosenMinor !== undefined && { chosenMinor }),
  };
  return { agreed: { price: agreedPrice, period: month, startedOn: '2026-01-31' } };
};

/** Of an agreement up to a sum, which the buyer may set higher or lower than it was suggested. */
const ofVariable: Case[] = [
  ['what was suggested', { ...upTo(10_000) }, undefined],
  ['more than was suggested', { ...upTo(9999) }, sum],
  ['more than the buyer chose, and not than was suggested', { ...upTo(10_000, 5000) }, undefined],
  ['more than was suggested, and not than the buyer chose', { ...upTo(5000, 10_000) }, undefined],
  ['more than either', { ...upTo(5000, 9999) }, sum],
  ['as much as before in the interval', { ...upTo(10_000), ...others(['2026-02-09', 10_000]) }, undefined],
];

for (const [what, changes, rule] of [...ofOne, ...ofAnInterval, ...ofLengths, ...ofVariable]) {
  test(`a charge is ${rule ?? 'taken'}: ${what}`, () => {
    assert.equal(refuseCharge({ ...wanted, ...changes })?.rule, rule);
  });
}

test('the latest day after a leap day is told as a day that there is', () => {
  const obstacle = refuseCharge({ ...wanted, today: '2028-02-29', dueOn: '2030-03-01' });
  assert.equal(
    obstacle?.text,
    'takes a charge for the day after 2028-02-29 until 2030-02-28, not for 2030-03-01',
  );
});
