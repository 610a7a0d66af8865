import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type CheckoutOrder, renewalsOf } from '@leveret/pages/parts/checkout-model.js';
import type { Period } from '../../payments/port/payment-request.ts';
import { defaultPublisherSettings } from '../../publishers/publisher-settings.ts';
import type { LineToBuy, OrderToBuy } from '../find-checkout.ts';
import { describeCheckout, type ToDescribe } from './describe-checkout.ts';

const article: LineToBuy = {
  lineNumber: 1,
  specType: 'article',
  isDigital: true,
  isGift: false,
  description: 'An article',
  quantity: 1,
  unitPriceMinor: 2900,
  amountMinor: 2900,
  vatBasisPoints: 2500,
  vatMinor: 580,
  startsAt: undefined,
  endsAt: undefined,
};
const month: LineToBuy = {
  ...article,
  lineNumber: 2,
  specType: 'coupon',
  description: 'The paper',
  unitPriceMinor: 14_900,
  amountMinor: 14_900,
  vatBasisPoints: 0,
  vatMinor: 0,
  endsAt: new Date('2027-01-01T00:30:00+01:00'),
};
const issue: LineToBuy = { ...article, specType: 'issue', description: 'Issue 12' };
const gift: LineToBuy = { ...article, isGift: true };
const monthly = { unit: 'month', count: 1 } as const;
const terms = { productName: 'The paper', amountMinor: 19_900, period: monthly, first: undefined };
const renewals = { terms, periods: new Map([[2, monthly]]) };
const bought: OrderToBuy = {
  lines: [article],
  buyerCountry: undefined,
  isBusiness: false,
  asksEarlyStart: false,
  renewals: undefined,
};
const seller = { ...defaultPublisherSettings, contactEmail: 'desk@avis.example' };
const given: ToDescribe = {
  order: { amountMinor: 2900, currency: 'NOK', seller },
  bought,
  publisher: { country: 'NO', timeZone: 'Europe/Oslo', settings: defaultPublisherSettings },
  due: 'money',
  language: 'en',
  showsPurchase: true,
};
const usedDays = {
  ...given.publisher,
  settings: { ...defaultPublisherSettings, withdrawalRefund: 'less used days' as const },
};
const asPublisher = (settings: Partial<typeof defaultPublisherSettings>) => ({
  publisher: { ...given.publisher, settings: { ...defaultPublisherSettings, ...settings } },
});

const wishes: [name: string, changes: Partial<ToDescribe>, wish: CheckoutOrder['earlyStart']][] = [
  ['an article', {}, 'ends the right'],
  ['an article by invoice', { due: 'invoice' }, 'ends the right'],
  ['an article that was paid before', { due: 'prepayment' }, undefined],
  ['an article for nothing', { due: 'nothing owed' }, undefined],
  ['a single issue', { bought: { ...bought, lines: [issue] } }, undefined],
  ['what is sent', { bought: { ...bought, lines: [{ ...article, isDigital: false }] } }, undefined],
  ['agreed on at the site', { bought: { ...bought, asksEarlyStart: true } }, undefined],
  ['no right of withdrawal', asPublisher({ withdrawal: 'off' }), undefined],
  ['a business', { bought: { ...bought, isBusiness: true } }, undefined],
  ['an address that can be guessed', { showsPurchase: false }, undefined],
  ['a subscription that goes back whole', { bought: { ...bought, lines: [month] } }, undefined],
  [
    'a subscription of which used days are kept',
    { bought: { ...bought, lines: [month] }, publisher: usedDays },
    'used days are paid',
  ],
  [
    'a trial, which has no days to pay',
    {
      bought: { ...bought, lines: [{ ...month, amountMinor: 0 }] },
      due: 'agreement',
      publisher: usedDays,
    },
    undefined,
  ],
  ['both', { bought: { ...bought, lines: [article, month] }, publisher: usedDays }, 'both'],
];

for (const [name, changes, wish] of wishes) {
  test(`the buyer is asked to agree to an early start: ${name}: ${wish ?? 'no'}`, () => {
    assert.equal(describeCheckout({ ...given, ...changes }).earlyStart, wish);
  });
}

const yes = { days: 14, without: [] };
const rights: [name: string, changes: Partial<ToDescribe>, right: CheckoutOrder['withdrawal']][] = [
  ['an article', {}, yes],
  ['more days', asPublisher({ withdrawalDays: 30 }), { days: 30, without: [] }],
  [
    'agreed on at the site',
    { bought: { ...bought, asksEarlyStart: true } },
    { days: undefined, without: [{ description: 'An article', why: 'digital content begun' }] },
  ],
  [
    'an issue beside a subscription',
    { bought: { ...bought, lines: [issue, month] } },
    { days: 14, without: [{ description: 'Issue 12', why: 'single issue' }] },
  ],
  [
    'a business',
    { bought: { ...bought, isBusiness: true } },
    { days: undefined, without: [{ description: 'An article', why: 'not offered' }] },
  ],
  [
    'a buyer abroad, where only the EEA has the right',
    { bought: { ...bought, buyerCountry: 'US' }, ...asPublisher({ withdrawal: 'eu' }) },
    { days: undefined, without: [{ description: 'An article', why: 'not offered' }] },
  ],
  ['a gift', { bought: { ...bought, lines: [gift] } }, { ...yes, hasGift: true }],
  [
    'a gift without the right',
    { bought: { ...bought, lines: [{ ...issue, isGift: true }, month] } },
    { days: 14, without: [{ description: 'Issue 12', why: 'single issue' }] },
  ],
  [
    'a gift, at an address that can be guessed',
    { showsPurchase: false, bought: { ...bought, lines: [gift] } },
    yes,
  ],
  ['an address that can be guessed', { showsPurchase: false }, yes],
  [
    'an issue at an address that can be guessed',
    { showsPurchase: false, bought: { ...bought, lines: [issue, month] } },
    undefined,
  ],
];

for (const [name, changes, right] of rights) {
  test(`the right of withdrawal: ${name}`, () => {
    assert.deepEqual(describeCheckout({ ...given, ...changes }).withdrawal, right);
  });
}

test('lines come with price, VAT and sum, and the VAT of all', () => {
  const lines = [{ ...article, quantity: 2, amountMinor: 5800, vatMinor: 1160 }, month];
  const shown = describeCheckout({ ...given, bought: { ...bought, lines } });
  assert.deepEqual(
    shown.lines.map((line) => [line.description, line.quantity, line.unitPrice, line.vatRate, line.sum]),
    [
      ['An article', 2, 'NOK\u00a029.00', '25%', 'NOK\u00a058.00'],
      ['The paper', 1, 'NOK\u00a0149.00', '0%', 'NOK\u00a0149.00'],
    ],
  );
  assert.equal(shown.totalVat, 'NOK\u00a011.60');
});

test('a stranger sees no line and no VAT, but what it costs again', () => {
  const of = { ...bought, lines: [month], renewals };
  const shown = describeCheckout({ ...given, bought: of, showsPurchase: false });
  assert.deepEqual([shown.lines, shown.totalVat], [[], undefined]);
  assert.equal(shown.renewal?.price, 'NOK\u00a0199.00');
  assert.doesNotMatch(JSON.stringify(shown), /paper/);
});

test('a renewal says its price, its period, its first day by the calendar of the publisher, and where to stop', () => {
  const shown = describeCheckout({ ...given, bought: { ...bought, lines: [month], renewals } });
  assert.deepEqual(shown.renewal, {
    product: undefined,
    price: 'NOK\u00a0199.00',
    period: monthly,
    firstDay: '1 January 2027',
    leastTerm: undefined,
    stopAt: 'desk@avis.example',
  });
});

test('whoever is bound is told for how long', () => {
  const leastTerm = { unit: 'month', count: 3 } as const;
  const of = { ...bought, lines: [month], renewals: { ...renewals, terms: { ...terms, leastTerm } } };
  assert.deepEqual(describeCheckout({ ...given, bought: of }).renewal?.leastTerm, leastTerm);
});

test('lines that renew at other lengths have a price and a day of their own', () => {
  const yearly = { unit: 'year', count: 1 } as const;
  const year = { ...month, lineNumber: 3, endsAt: new Date('2027-12-01T12:00:00Z') };
  const other = { ...terms, productName: 'The year', amountMinor: 99_000, period: yearly };
  const of = {
    ...bought,
    lines: [month, year],
    renewals: {
      terms: { ...terms, more: 1, others: [other] },
      periods: new Map<number, Period>([
        [2, monthly],
        [3, yearly],
      ]),
    },
  };
  const shown = describeCheckout({ ...given, bought: of });
  assert.deepEqual(
    renewalsOf(shown).map(({ product, price, firstDay }) => [product, price, firstDay]),
    [
      ['The paper and 1 more', 'NOK\u00a0199.00', '1 January 2027'],
      ['The year', 'NOK\u00a0990.00', '1 December 2027'],
    ],
  );
  const guessed = describeCheckout({ ...given, bought: of, showsPurchase: false });
  assert.deepEqual(
    renewalsOf(guessed).map(({ product }) => product),
    [undefined, undefined],
  );
});
