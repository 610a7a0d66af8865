import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentLine } from '../../port/payment-request.ts';
import { localeOf, writeLines } from './write-order.ts';

const line: PaymentLine = {
  reference: 'GUIDE',
  name: 'The guide',
  quantity: 2,
  unitPriceMinor: 5000,
  amountMinor: 10_000,
  vatBasisPoints: 2500,
  vatMinor: 2000,
};
const whole = { amountMinor: 10_000, vatMinor: 2000, description: 'Demo', lines: [line] };

test('lines that make up the whole are written as they are', () => {
  const [written] = writeLines(whole);
  assert.deepEqual(
    [written?.name, written?.quantity, written?.unit_price, written?.tax_rate, written?.total_tax_amount],
    ['The guide', 2, 5000, 2500, 2000],
  );
});

test('a discounted line is one piece at its own price', () => {
  const [written] = writeLines({
    ...whole,
    amountMinor: 9000,
    vatMinor: 1800,
    lines: [{ ...line, amountMinor: 9000, vatMinor: 1800 }],
  });
  assert.deepEqual([written?.quantity, written?.unit_price, written?.total_amount], [1, 9000, 9000]);
});

test('lines that do not make up the whole become one, with the rate that the sums have', () => {
  const written = writeLines({ ...whole, amountMinor: 12_500, vatMinor: 2500 });
  assert.equal(written.length, 1);
  assert.deepEqual(
    [written[0]?.name, written[0]?.total_amount, written[0]?.tax_rate, written[0]?.total_tax_amount],
    ['Demo', 12_500, 2500, 2500],
  );
});

const monthly = { unit: 'month', count: 3 } as const;
const subscription = { name: 'The guide', interval: 'MONTH', interval_count: 3 };

test('a line that is paid again says how often, and no other does', () => {
  const lines = [{ ...line, renewsEvery: monthly }, line];
  const written = writeLines({ ...whole, amountMinor: 20_000, vatMinor: 4000, lines });
  assert.deepEqual(
    written.map((one) => one.subscription),
    [subscription, undefined],
  );
});

test('one line for all is paid again as the first of them that is', () => {
  const other = { amountMinor: 12_500, vatMinor: 2500 };
  const lines = [line, { ...line, renewsEvery: monthly }];
  assert.deepEqual(writeLines({ ...whole, ...other, lines })[0]?.subscription, subscription);
  assert.equal(writeLines({ ...whole, ...other })[0]?.subscription, undefined);
});

test('an order that costs nothing yet has lines that cost nothing', () => {
  const free = { ...line, unitPriceMinor: 0, amountMinor: 0, vatMinor: 0, renewsEvery: monthly };
  const [written] = writeLines({ ...whole, amountMinor: 0, vatMinor: 0, lines: [free] });
  assert.deepEqual(
    [written?.total_amount, written?.tax_rate, written?.subscription],
    [0, 2500, subscription],
  );
});

test('a language of the checkout is taken, or the nearest one', () => {
  const table: [language: string, country: string, locale: string][] = [
    ['nb', 'NO', 'nb-NO'],
    ['nn', 'NO', 'nb-NO'],
    ['nn-NO', 'NO', 'nb-NO'],
    ['no', 'NO', 'nb-NO'],
    ['NB', 'NO', 'nb-NO'],
    ['sv', 'FI', 'sv-FI'],
    ['fi', 'FI', 'fi-FI'],
    ['da', 'DK', 'da-DK'],
    ['en', 'SE', 'en-SE'],
    ['se', 'NO', 'en-NO'],
    ['', 'NO', 'en-NO'],
  ];
  for (const [language, country, locale] of table) assert.equal(localeOf({ language, country }), locale);
});
