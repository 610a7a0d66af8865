import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Article, CatalogueSnapshot } from '../catalogue/catalogue.ts';
import type { Currency } from '../kit/money.ts';
import type { OrderLineBody } from './order-body.ts';
import { type LinePricing, type PricedLine, priceLine } from './price-line.ts';

const now = new Date('2026-06-01T10:00:00Z');

const known: Article = {
  articleRef: 'known',
  description: 'Known',
  productCode: undefined,
  priceMinor: 12_500,
  currency: 'NOK',
  vatCode: 'standard',
};
const articles: Record<string, Article> = {
  known,
  book: { ...known, vatCode: 'books' },
  dear: { ...known, priceMinor: 10_000_000_000_000 },
  yearbook: { ...known, vatCode: 'no such' },
};

const catalogue: CatalogueSnapshot = {
  version: 1,
  findOffer: () => undefined,
  findProduct: () => undefined,
  findIssue: () => undefined,
  findArticle: (articleRef) => articles[articleRef],
  listProducts: () => [],
  offersOfProduct: () => [],
  productsOfCategoryType: () => [],
  listCategories: () => [],
  vatRate: (country, vatCode, at) =>
    country === 'NO' && at === now ? { standard: 2500, books: 0 }[vatCode] : undefined,
  isOnSale: () => true,
};

type Line = { article: string; quantity?: number; unitPrice?: string };
type Order = { isFree?: boolean; currency?: Currency; country?: string };

function price({ article, quantity, unitPrice }: Line, order: Order = {}) {
  const said: string[] = [];
  const pricing: LinePricing = {
    publisher: { country: order.country ?? 'NO' },
    catalogue,
    currency: order.currency ?? 'NOK',
    isFree: order.isFree ?? false,
    now,
    refusals: {
      refuse: (code, field, message) => said.push(`${code} at ${field}: ${message}`),
      warn: () => assert.fail('nothing is warned of'),
      throwIfAny: () => undefined,
    },
  };
  const line: OrderLineBody = {
    productSpecType: 'article',
    articleDetail: { articleRef: article },
    ...(quantity !== undefined && { quantity }),
    ...(unitPrice !== undefined && { unitPrice }),
  };
  return { priced: priceLine(pricing, line, 'lines[0]'), said };
}

function sumsOf(line: PricedLine | undefined) {
  return line && [line.unitPriceMinor, line.quantity, line.discountMinor, line.amountMinor, line.vatMinor];
}

/** Unit price, quantity, discount, amount and the VAT in it. */
type Sums = [number, number, number, number, number];

const prices: [string, Line, Order, Sums][] = [
  ['the price of the catalogue', { article: 'known' }, {}, [12_500, 1, 0, 12_500, 2500]],
  ['several at once', { article: 'known', quantity: 3 }, {}, [12_500, 3, 0, 37_500, 7500]],
  ['a price that agrees', { article: 'known', unitPrice: '125.00' }, {}, [12_500, 1, 0, 12_500, 2500]],
  ['no VAT', { article: 'book' }, {}, [12_500, 1, 0, 12_500, 0]],
  ['a rate that the country has not', { article: 'yearbook' }, {}, [12_500, 1, 0, 12_500, 0]],
  ['another country', { article: 'known' }, { country: 'SE' }, [12_500, 1, 0, 12_500, 0]],
  ['a price that is given', { article: 'new', unitPrice: '10.01' }, {}, [1001, 1, 0, 1001, 200]],
  ['a price of nothing', { article: 'new', unitPrice: '0' }, {}, [0, 1, 0, 0, 0]],
  ['the largest amount', { article: 'dear' }, {}, [10 ** 13, 1, 0, 10 ** 13, 2 * 10 ** 12]],
  // Of what is given away nothing is owed, and so there is no VAT in it.
  ['given away', { article: 'known', quantity: 2 }, { isFree: true }, [12_500, 2, 25_000, 0, 0]],
  [
    'given away at a price of nothing',
    { article: 'known', unitPrice: '0' },
    { isFree: true },
    [12_500, 1, 12_500, 0, 0],
  ],
];

for (const [name, line, order, sums] of prices) {
  test(`a line, ${name}`, () => {
    const { priced, said } = price(line, order);
    assert.deepEqual([sumsOf(priced), said], [sums, []]);
  });
}

test('a line has the rate of its goods at that time', () => {
  assert.equal(price({ article: 'known' }).priced?.vatBasisPoints, 2500);
  assert.equal(price({ article: 'known' }).priced?.description, 'Known');
});

const notAnAmount = (rule: string) =>
  'amount_is_invalid at lines[0].unitPrice: lines[0].unitPrice must be an amount in NOK, not negative, with at ' +
  `most two decimals (${rule})`;
const differs =
  'price_differs_from_catalogue at lines[0].unitPrice: lines[0].unitPrice differs from the price in the catalogue';
const tooLarge =
  'amount_is_invalid at lines[0].quantity: lines[0].quantity makes the amount larger than 100000000000.00';

const refused: [string, Line, Order, string][] = [
  [
    'another currency',
    { article: 'known' },
    { currency: 'SEK' },
    'currency_differs at lines[0]: lines[0] is sold in NOK, the order is in SEK',
  ],
  ['another price', { article: 'known', unitPrice: '124.99' }, {}, differs],
  ['a price of nothing that is not given away', { article: 'known', unitPrice: '0' }, {}, differs],
  ['another price, given away', { article: 'known', unitPrice: '1' }, { isFree: true }, differs],
  [
    'no price anywhere',
    { article: 'new' },
    {},
    'price_is_required at lines[0].unitPrice: lines[0].unitPrice is required: the catalogue has no price for the line',
  ],
  ['a negative price', { article: 'new', unitPrice: '-0.01' }, {}, notAnAmount('negative')],
  ['a negative price of known goods', { article: 'known', unitPrice: '-1' }, {}, notAnAmount('negative')],
  ['three decimals', { article: 'new', unitPrice: '1.001' }, {}, notAnAmount('too_many_decimals')],
  ['more than any order', { article: 'dear', quantity: 2 }, {}, tooLarge],
];

for (const [name, line, order, message] of refused) {
  test(`a line is refused: ${name}`, () => {
    assert.deepEqual(price(line, order).said, [message]);
  });
}

test('a line whose amount cannot be told has no price', () => {
  for (const line of [
    { article: 'new' },
    { article: 'new', unitPrice: 'x' },
    { article: 'dear', quantity: 2 },
  ]) {
    assert.equal(price(line).priced, undefined);
  }
  assert.equal(price({ article: 'known' }, { currency: 'SEK' }).priced, undefined);
});
