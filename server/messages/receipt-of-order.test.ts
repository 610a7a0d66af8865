import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WithdrawalRight } from '../orders/withdrawal-right.ts';
import { defaultPublisherSettings } from '../publishers/publisher-settings.ts';
import { type Amount } from './message-values.ts';
import { rightsOf, sellerRows, vatByRate } from './receipt-of-order.ts';

const line = (amount: number, rate: number, vat: number) => ({
  amount_minor: amount,
  vat_basis_points: rate,
  vat_minor: vat,
});
const minor = ({ amountMinor }: Amount) => amountMinor;

const vatCases: [lines: ReturnType<typeof line>[], rows: [rate: number, sum: number, vat: number][]][] = [
  [[line(14_900, 2500, 2980)], [[2500, 14_900, 2980]]],
  // Rounded for each line: the sum is that of the lines, not of the whole anew.
  [[line(101, 2500, 20), line(101, 2500, 20), line(101, 2500, 20)], [[2500, 303, 60]]],
  [
    [line(10_000, 0, 0), line(12_500, 2500, 2500), line(11_200, 1200, 1200), line(5000, 0, 0)],
    [
      [2500, 12_500, 2500],
      [1200, 11_200, 1200],
      [0, 15_000, 0],
    ],
  ],
  [[], []],
];

for (const [lines, expected] of vatCases) {
  test(`VAT by rate of ${lines.map((one) => `${one.amount_minor} at ${one.vat_basis_points}`).join(', ')}`, () => {
    const rows = vatByRate(lines, 'NOK').map(({ rate, sum, vat }) => [
      rate.basisPoints,
      minor(sum),
      minor(vat),
    ]);
    assert.deepEqual(rows, expected);
  });
}

const now = new Date('2026-12-01T12:00:00Z');
const until = new Date('2026-12-15T23:00:00Z');
const yes = { right: 'yes', lineNumber: 1, days: 14, until } as const;
const no = (why: Extract<WithdrawalRight, { right: 'no' }>['why']) =>
  ({ right: 'no', lineNumber: 1, why }) as const;

const rightCases: [
  right: WithdrawalRight,
  specType: 'coupon' | 'product' | 'issue',
  earlyStart: boolean,
  told: string | undefined,
][] = [
  [yes, 'product', false, 'until'],
  [yes, 'coupon', false, 'until'],
  [yes, 'coupon', true, 'begun'],
  [yes, 'product', true, 'until'],
  [{ ...yes, until: undefined }, 'coupon', false, undefined],
  [no('single issue'), 'issue', false, 'issue'],
  [no('digital content begun'), 'product', true, 'lost'],
  [no('not offered'), 'product', false, undefined],
  [no('bought for a business'), 'product', false, undefined],
  [no('buyer outside the EEA'), 'coupon', false, undefined],
];

for (const [right, specType, earlyStart, told] of rightCases) {
  const about = right.right === 'no' ? right.why : `until ${right.until?.toISOString()}`;
  test(`a ${specType}, ${earlyStart ? 'begun early, ' : ''}${about}: ${told ?? 'nothing'} is told`, () => {
    const sold = { lineNumber: 1, description: 'A', amountMinor: 1, specType, right };
    const line = { ...sold, isGift: false, isWithdrawn: false, period: undefined };
    const rows = rightsOf({
      lines: [line],
      prepaid: false,
      amountMinor: 1,
      madeAt: now,
      earlyStart,
      timeZone: 'Europe/Oslo',
      currency: 'NOK',
      completedAt: now,
      now,
    });
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      told === undefined ? [] : [told],
    );
    if (told === 'until') assert.equal(rows[0]?.until.at.toISOString(), '2026-12-15T22:59:59.999Z');
  });
}

test('a seller is told as far as it is set, and by the name of the publisher where no other is', () => {
  assert.deepEqual(sellerRows(defaultPublisherSettings, 'Tidende'), [{ kind: 'name', value: 'Tidende' }]);
  const set = { ...defaultPublisherSettings, legalName: 'Tidende AS', contactPhone: '22 00 00 00' };
  assert.deepEqual(sellerRows(set, 'Tidende'), [
    { kind: 'name', value: 'Tidende AS' },
    { kind: 'phone', value: '22 00 00 00' },
  ]);
});
