import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import {
  type LineOfRight,
  type OrderOfRight,
  withdrawalRight,
  withdrawalSettingsOf,
} from './withdrawal-right.ts';

const publisher = {
  withdrawal: 'always',
  withdrawalDays: 14,
  countryCode: 'NO',
  timeZone: 'Europe/Oslo',
} as const;
/** A Tuesday in winter. */
const tuesday = new Date('2026-12-01T10:00:00Z');
const order: Omit<OrderOfRight, 'lines'> = { completedAt: tuesday, publisher, earlyStart: false };
const subscription: LineOfRight = { lineNumber: 1, specType: 'coupon', isDigital: true };
const paper: LineOfRight = { ...subscription, isDigital: false };
const product: LineOfRight = { lineNumber: 1, specType: 'product', isDigital: true };
const book: LineOfRight = { ...product, isDigital: false };
const article: LineOfRight = { lineNumber: 1, specType: 'article', isDigital: true };
const issue: LineOfRight = { lineNumber: 1, specType: 'issue', isDigital: true };
const begun = { earlyStart: true };
const week = { endsAt: new Date('2026-12-08T10:00:00Z') };
const soon = { startsAt: new Date('2026-12-05T23:00:00Z') };
const afterDays = '2026-12-15T23:00:00.000Z';

const of = (settings: Partial<OrderOfRight['publisher']>) => ({ publisher: { ...publisher, ...settings } });

const cases: [string, Partial<OrderOfRight>, LineOfRight, string][] = [
  ['a subscription', {}, subscription, afterDays],
  ['a subscription that began at once', begun, subscription, afterDays],
  ['a week that began at once', begun, { ...subscription, ...week }, '2026-12-08T10:00:00.000Z'],
  [
    'a month that began at once',
    begun,
    { ...subscription, endsAt: new Date('2027-01-01T10:00:00Z') },
    afterDays,
  ],
  ['a week that nobody asked to begin', {}, { ...subscription, ...week }, afterDays],
  ['a week of papers', begun, { ...paper, ...week }, afterDays],
  ['papers from Sunday on', {}, { ...paper, ...soon }, '2026-12-21T23:00:00.000Z'],
  ['a subscription from Sunday on', {}, { ...subscription, ...soon }, afterDays],
  ['a product', {}, product, afterDays],
  ['a product that began at once', begun, product, 'digital content begun'],
  ['a product that begins on Sunday', begun, { ...product, ...soon }, '2026-12-05T23:00:00.000Z'],
  [
    'a product that begins when it is paid',
    begun,
    { ...product, startsAt: tuesday },
    'digital content begun',
  ],
  [
    'a product that began before it was paid',
    begun,
    { ...product, startsAt: new Date('2026-11-30T10:00:00Z') },
    'digital content begun',
  ],
  ['a book', begun, book, afterDays],
  ['an article', {}, article, afterDays],
  ['an article that began at once', begun, article, 'digital content begun'],
  ['a single issue', {}, issue, 'single issue'],
  ['a single issue on paper', {}, { ...issue, isDigital: false }, 'single issue'],
  ['nothing offered', of({ withdrawal: 'off' }), subscription, 'not offered'],
  ['nothing offered, a single issue', of({ withdrawal: 'off' }), issue, 'not offered'],
  ['a business', { isBusiness: true }, subscription, 'bought for a business'],
  ['a Swiss buyer of a Norwegian', { buyerCountry: 'CH' }, subscription, afterDays],
  [
    'the same, only the EEA',
    { buyerCountry: 'CH', ...of({ withdrawal: 'eu' }) },
    subscription,
    'buyer outside the EEA',
  ],
  [
    'a Finnish buyer, only the EEA',
    { buyerCountry: 'FI', ...of({ withdrawal: 'eu' }) },
    subscription,
    afterDays,
  ],
  [
    'a buyer of Åland, only the EEA',
    { buyerCountry: 'AX', ...of({ withdrawal: 'eu' }) },
    subscription,
    afterDays,
  ],
  ['an unknown buyer of a Norwegian, only the EEA', of({ withdrawal: 'eu' }), subscription, afterDays],
  [
    'an unknown buyer of a Faroese, only the EEA',
    of({ withdrawal: 'eu', countryCode: 'FO' }),
    subscription,
    'buyer outside the EEA',
  ],
  ['thirty days', of({ withdrawalDays: 30 }), subscription, '2026-12-31T23:00:00.000Z'],
  [
    'made late in the evening of Oslo, already tomorrow there',
    { completedAt: new Date('2026-12-01T23:30:00Z') },
    subscription,
    '2026-12-16T23:00:00.000Z',
  ],
  [
    'made at the same moment in Reykjavik',
    { completedAt: new Date('2026-12-01T23:30:00Z'), ...of({ timeZone: 'Atlantic/Reykjavik' }) },
    subscription,
    '2026-12-16T00:00:00.000Z',
  ],
  [
    'the last day is a Saturday',
    { completedAt: new Date('2026-12-05T10:00:00Z') },
    subscription,
    '2026-12-21T23:00:00.000Z',
  ],
  [
    'the last day is a Sunday',
    { completedAt: new Date('2026-12-06T10:00:00Z') },
    subscription,
    '2026-12-21T23:00:00.000Z',
  ],
  [
    'summer time ends meanwhile',
    { completedAt: new Date('2026-10-20T10:00:00Z') },
    subscription,
    '2026-11-03T23:00:00.000Z',
  ],
  [
    'summer time begins on the last day',
    { completedAt: new Date('2026-03-15T10:00:00Z') },
    subscription,
    '2026-03-30T22:00:00.000Z',
  ],
];

for (const [told, of, line, expected] of cases) {
  test(`right of withdrawal: ${told}`, () => {
    const [right] = withdrawalRight({ ...order, ...of, lines: [line] });
    assert.equal(right?.right === 'yes' ? right.until?.toISOString() : right?.why, expected);
  });
}

test('before the order is completed the right is told in days', () => {
  const lines = [subscription, { ...issue, lineNumber: 2 }];
  assert.deepEqual(withdrawalRight({ ...order, completedAt: undefined, lines }), [
    { lineNumber: 1, right: 'yes', days: 14, until: undefined },
    { lineNumber: 2, right: 'no', why: 'single issue' },
  ]);
});

test('unless it is set, every consumer has 14 days', () => {
  const settings = publisherSettingsOf({});
  const said = withdrawalSettingsOf({ country: 'NO', timeZone: 'Europe/Oslo', settings });
  assert.deepEqual(said, publisher);
});
