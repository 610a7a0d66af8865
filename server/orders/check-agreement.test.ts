import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSaleObstacles, type SoldLine } from './check-agreement.ts';
import type { PaymentMethod } from './payment-methods.ts';

type Renewal = NonNullable<SoldLine['renewal']>;

/** A line that costs 99.00 and renews at that every so often, unless said. */
const renewing = (
  renewalLength: number,
  renewalType: Renewal['renewalType'],
  renewalMinor = 9900,
): SoldLine => ({
  amountMinor: 9900,
  soldBy: undefined,
  renewal: {
    description: 'The paper',
    amountMinor: 9900,
    periodLength: renewalLength,
    periodType: renewalType,
    renewalMinor,
    renewalLength,
    renewalType,
  },
});

const month = renewing(1, 'months');
const dearMonth = renewing(1, 'months', 24_900);
const year = renewing(1, 'years');
const book: SoldLine = { amountMinor: 19_900, soldBy: undefined, renewal: undefined };
const given: SoldLine = { ...book, amountMinor: 0 };
const soldBy = (line: SoldLine, ...methods: PaymentMethod[]): SoldLine => ({ ...line, soldBy: methods });

const differ = 'renewal_periods_differ';
const notOffered = 'method_is_not_offered';

/** Lines, and the rule that each method which may recur breaks with them; nothing where it takes them. */
const named: [what: string, lines: SoldLine[], vippsRecurring: string | undefined, others?: string][] = [
  ['a month', [month], undefined],
  ['two months', [month, month], undefined],
  ['two months at different prices', [month, dearMonth], undefined],
  ['a month and a book', [month, book], undefined],
  ['a book and a month', [book, month], undefined],
  ['a month and a year', [month, year], differ],
  ['a year and two months', [year, month, month], differ],
  ['a month, a year and a book', [month, book, year], differ],
  ['a year and 12 months', [year, renewing(12, 'months')], undefined],
  ['a year and 52 weeks', [year, renewing(52, 'weeks')], differ],
  ['a month and 30 days', [month, renewing(30, 'days')], differ],
  ['45 days', [renewing(45, 'days')], 'renewal_period_not_supported'],
  ['nothing that renews', [book], 'renewal_period_not_supported'],
  ['a month that is sold otherwise', [soldBy(month, 'swishPayex')], notOffered, notOffered],
];

for (const [what, lines, vippsRecurring, others] of named) {
  const wanted = { vippsRecurring, kco: others, creditcardPayex: others, invoice: others };
  for (const [method, rule] of Object.entries(wanted)) {
    test(`${what} by ${method}: ${rule ?? 'well'}`, () => {
      const how = { paymentMethod: method as PaymentMethod, recurring: true };
      assert.equal(rulesOf(how, lines)[0], rule);
    });
  }
}

const both = ['vippsRecurring', 'kco'] as const;

/** Where the buyer chooses: the methods that are set up, and the rule of an order that none of them takes. */
const chosen: [what: string, lines: SoldLine[], setUp: readonly PaymentMethod[], rule: string | undefined][] =
  [
    ['a month', [month], ['vippsRecurring'], undefined],
    ['a month and a year', [month, year], both, undefined],
    ['a month and a year', [month, year], ['vippsRecurring'], differ],
    ['a month and a year', [month, year], ['vippsRecurring', 'vippsEcommerce', 'sms'], differ],
    [
      'a month by Vipps and one by Kustom',
      [soldBy(month, 'vippsRecurring'), soldBy(month, 'kco')],
      both,
      notOffered,
    ],
    ['both by Vipps', [soldBy(month, 'vippsRecurring'), soldBy(year, 'vippsRecurring')], both, differ],
    // There may be an account by then.
    ['a month and a year', [month, year], [], undefined],
    ['a month and a year', [month, year], ['vippsEcommerce'], undefined],
    // Nothing is owed, now or later.
    ['what costs nothing', [given], ['vippsRecurring'], undefined],
    ['what costs nothing and is sold otherwise', [soldBy(given, 'kco')], ['vippsRecurring'], undefined],
  ];

for (const [what, lines, setUp, rule] of chosen) {
  test(`${what} with ${setUp.join(', ') || 'no method'} set up: ${rule ?? 'well'}`, () => {
    assert.equal(rulesOf({ recurring: true }, lines, setUp)[0], rule);
  });
}

test('what is paid once or elsewhere is held against no agreement', () => {
  assert.deepEqual(rulesOf({ paymentMethod: 'kco' }, [month, year]), []);
  assert.deepEqual(rulesOf({}, [month, year], ['vippsRecurring', 'vippsEcommerce']), []);
  const prepaid = { paymentMethod: 'vippsRecurring', recurring: true, prepaid: true } as const;
  assert.deepEqual(rulesOf(prepaid, [month, year]), []);
  assert.deepEqual(rulesOf({}, [soldBy(book, 'kco')], ['vippsEcommerce']), [notOffered]);
});

function rulesOf(
  how: { paymentMethod?: PaymentMethod; recurring?: boolean; prepaid?: boolean },
  lines: readonly SoldLine[],
  setUp: readonly PaymentMethod[] = [],
): string[] {
  const whole = {
    paymentMethod: undefined,
    merchantId: undefined,
    recurring: false,
    prepaid: false,
    ...how,
  };
  return findSaleObstacles(whole, lines, 'NOK', (method) => setUp.includes(method)).map(({ rule }) => rule);
}
