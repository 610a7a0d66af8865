import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementOffer, Period } from '../../port/payment-request.ts';
import { campaignOf, intervalOf, refuseAgreement } from './agreement-rules.ts';

const intervals: [number, Period['unit'], string | undefined][] = [
  [1, 'day', '1 DAY'],
  [30, 'day', '30 DAY'],
  [31, 'day', '31 DAY'],
  [32, 'day', undefined],
  [45, 'day', undefined],
  [56, 'day', '8 WEEK'],
  [60, 'day', '2 MONTH'],
  [90, 'day', '3 MONTH'],
  [180, 'day', '6 MONTH'],
  [364, 'day', '1 YEAR'],
  [365, 'day', '1 YEAR'],
  [366, 'day', undefined],
  [730, 'day', '2 YEAR'],
  [1, 'week', '1 WEEK'],
  [31, 'week', '31 WEEK'],
  [32, 'week', undefined],
  [52, 'week', '1 YEAR'],
  [104, 'week', '2 YEAR'],
  [12, 'month', '12 MONTH'],
  [31, 'month', '31 MONTH'],
  [36, 'month', '3 YEAR'],
  [37, 'month', undefined],
  [1, 'year', '1 YEAR'],
  [31, 'year', '31 YEAR'],
  [32, 'year', undefined],
  [0, 'month', undefined],
];

for (const [count, unit, written] of intervals) {
  test(`every ${count} ${unit} is ${written ?? 'refused'}`, () => {
    const interval = intervalOf({ unit, count });
    assert.equal(interval && `${interval.count} ${interval.unit}`, written);
  });
}

const monthly = { amountMinor: 24_900, period: { unit: 'month', count: 1 } } as const;
const twoWeeks = { unit: 'day', count: 14 } as const;
const begins = (amountMinor: number, period: Period = monthly.period) => ({ amountMinor, period });

const campaigns: [string, ReturnType<typeof begins> | undefined, ReturnType<typeof campaignOf>][] = [
  ['the same price', begins(24_900), undefined],
  ['more at the start', begins(29_900), undefined],
  [
    'less at the start',
    begins(100),
    { type: 'PERIOD_CAMPAIGN', price: 100, period: { unit: 'MONTH', count: 1 } },
  ],
  [
    'a trial of two weeks for a krone',
    begins(100, twoWeeks),
    { type: 'PERIOD_CAMPAIGN', price: 100, period: { unit: 'DAY', count: 14 } },
  ],
  [
    'three months for nothing',
    begins(0, { unit: 'month', count: 3 }),
    { type: 'PERIOD_CAMPAIGN', price: 0, period: { unit: 'MONTH', count: 3 } },
  ],
  ['three months for more than one', begins(50_000, { unit: 'month', count: 3 }), 'refused'],
  ['a length that cannot be written', begins(100, { unit: 'day', count: 45 }), 'refused'],
  ['lengths that differ', undefined, 'refused'],
];

for (const [what, first, campaign] of campaigns) {
  test(`the first period is told by the agreement: ${what}`, () => {
    assert.deepEqual(campaignOf(monthly, first), campaign);
  });
}

const offer: AgreementOffer = { ...monthly, first: monthly, currency: 'NOK', firstPaymentMinor: 24_900 };

const refusals: [string, Partial<AgreementOffer>, string | undefined][] = [
  ['a month at the same price', {}, undefined],
  ['a length that cannot be written', { period: { unit: 'day', count: 45 } }, 'renewal_period_not_supported'],
  ['another length beside it', { otherPeriods: [{ unit: 'year', count: 1 }] }, 'renewal_periods_differ'],
  ['less than 1.00', { amountMinor: 99, first: begins(99) }, 'renewal_price_not_supported'],
  ['1.00', { amountMinor: 100, first: begins(100), firstPaymentMinor: 100 }, undefined],
  ['NOK 20,000', { amountMinor: 2_000_000 }, undefined],
  ['more than NOK 20,000', { amountMinor: 2_000_001 }, 'renewal_price_not_supported'],
  ['DKK 300,000', { amountMinor: 30_000_000, currency: 'DKK' }, undefined],
  ['more than DKK 300,000', { amountMinor: 30_000_001, currency: 'DKK' }, 'renewal_price_not_supported'],
  ['EUR 2,000', { amountMinor: 200_000, currency: 'EUR' }, undefined],
  ['more than EUR 2,000', { amountMinor: 200_001, currency: 'EUR' }, 'renewal_price_not_supported'],
  ['another currency', { currency: 'SEK' }, 'renewal_price_not_supported'],
  ['nothing at the start', { first: begins(0), firstPaymentMinor: 0 }, undefined],
  ['0.99 at the start', { first: begins(99), firstPaymentMinor: 99 }, 'first_price_not_supported'],
  ['a book bought with it', { firstPaymentMinor: 3_000_000 }, undefined],
  ['first periods that differ', { first: undefined }, 'first_price_not_supported'],
];

for (const [what, changes, rule] of refusals) {
  test(`an agreement is ${rule ?? 'taken'}: ${what}`, () => {
    assert.equal(refuseAgreement({ ...offer, ...changes })?.rule, rule);
  });
}
