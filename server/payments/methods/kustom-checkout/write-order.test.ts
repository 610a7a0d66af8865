import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentLine } from '../../port/payment-request.ts';
import { writeLines } from './write-order.ts';

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

test('what recurs says how often', () => {
  const terms = {
    productName: 'Daily',
    amountMinor: 1,
    manageUrl: '',
    period: { unit: 'month', count: 3 },
  } as const;
  assert.deepEqual(writeLines(whole, terms)[0]?.subscription, {
    name: 'Daily',
    interval: 'MONTH',
    interval_count: 3,
  });
});
