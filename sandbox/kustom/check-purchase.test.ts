import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkPurchase, checkSubscriptions, isSpoken } from './check-purchase.ts';
import type { OrderLine } from './contract.ts';

const line: OrderLine = {
  name: 'Bygdeavisa',
  quantity: 1,
  unit_price: 12_500,
  tax_rate: 2500,
  total_amount: 12_500,
  total_tax_amount: 2500,
};
const again = { ...line, subscription: { name: 'Bygdeavisa', interval: 'MONTH', interval_count: 1 } };
const sums = { locale: 'nb-NO', order_amount: 12_500, order_tax_amount: 2500, order_lines: [line] };

const places: [country: string, currency: string, broken: string | undefined][] = [
  ['NO', 'NOK', undefined],
  ['no', 'nok', undefined],
  ['NO', 'SEK', 'purchase_currency'],
  ['SE', 'NOK', 'purchase_currency'],
  ['FI', 'EUR', undefined],
  // No currency is its own at Kustom, so that the buyer pays by card.
  ['IS', 'EUR', undefined],
  ['ZZ', 'EUR', 'purchase_country'],
  ['XX', 'NOK', 'purchase_country'],
];

for (const [purchase_country, purchase_currency, broken] of places) {
  test(`${purchase_currency} in ${purchase_country}: ${broken ?? 'taken'}`, () => {
    const told = checkPurchase({ ...sums, purchase_country, purchase_currency });
    assert.equal(told, broken && `Bad value: ${broken}`);
  });
}

const recurring: [what: string, lines: OrderLine[], isRecurring: boolean, broken: string | undefined][] = [
  ['a line that is paid again', [again], true, undefined],
  ['one beside one that is not', [line, again], true, undefined],
  ['no line that is paid again', [line, line], true, 'Bad value: order_lines[0].subscription'],
  ['a purchase that is paid once', [line], false, undefined],
  ['one with a line that is paid again', [line, again], false, 'Bad value: order_lines[1].subscription'],
];

for (const [what, lines, isRecurring, broken] of recurring) {
  test(`${what}, ${isRecurring ? '' : 'not '}agreed for later: ${broken ?? 'taken'}`, () => {
    assert.equal(checkSubscriptions(lines, isRecurring), broken);
  });
}

test('Bokmål is spoken in the checkout, Nynorsk is not', () => {
  const spoken = ['nb-NO', 'en-NO', 'sv-FI', 'nn-NO', 'zh-CN'].map(isSpoken);
  assert.deepEqual(spoken, [true, true, true, false, false]);
});
