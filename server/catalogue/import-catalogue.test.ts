import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type PublisherId, publisherId as toPublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import { openTestFixture, type TestFixture } from '../testing/orders.ts';
import { createCatalogueSnapshots } from './catalogue-snapshots.ts';
import { importCatalogue } from './import-catalogue.ts';
import { seedDemoCatalogue } from './seed-demo-catalogue.ts';

let fixture: TestFixture;
let publisherId: PublisherId;
before(async () => {
  fixture = await openTestFixture();
});
beforeEach(async () => {
  publisherId = await fixture.addPublisher();
});
after(() => fixture.close());

const product = { productCode: 'P', description: 'A product', productType: 'subscription' };
const offer = {
  offerCode: 'O',
  offerNumber: 1,
  productCode: 'P',
  description: 'An offer',
  price: 99,
  periodLength: 1,
  periodType: 'months',
};

async function snapshot() {
  return createCatalogueSnapshots({ database: fixture.database }).of(publisherId);
}

test('what is imported is found, with defaults of the publisher', async () => {
  const counts = await importCatalogue(fixture, publisherId, {
    products: [
      {
        ...product,
        price: '149.50',
        startsAt: '2027-01-01T00:00:00+01:00',
        categories: [{ categoryType: 'news', categoryCode: 'all' }],
        issues: [{ issueCode: '47', publishedAt: '2026-11-16T06:00:00+01:00', price: 49 }],
      },
    ],
    offers: [offer],
    articles: [{ articleRef: 'a-1', description: 'An article', productCode: 'P', vatCode: 'press' }],
  });
  assert.deepEqual(counts, { products: 1, offers: 1, issues: 1, articles: 1, categories: 1, version: 1 });
  const catalogue = await snapshot();
  assert.deepEqual(catalogue.findProduct('P'), {
    ...product,
    companyCode: undefined,
    priceMinor: 14950,
    currency: 'NOK',
    vatCode: 'standard',
    digital: true,
    startsAt: new Date('2026-12-31T23:00:00Z'),
    endsAt: undefined,
  });
  const { price: _price, ...known } = offer;
  assert.deepEqual(catalogue.findOffer('O', 1), {
    ...known,
    priceMinor: 9900,
    currency: 'NOK',
    renewal: { priceMinor: 9900, periodLength: 1, periodType: 'months' },
    leastTerm: undefined,
    captureWhen: 'access',
    paymentMethods: undefined,
    marketing: {},
    startsAt: undefined,
    endsAt: undefined,
  });
  assert.equal(catalogue.findIssue('P', '47')?.priceMinor, 4900);
  assert.equal(catalogue.findIssue('P', '48'), undefined);
  assert.equal(catalogue.findArticle('a-1')?.productCode, 'P');
  assert.deepEqual(catalogue.productsOfCategoryType('news'), ['P']);
  assert.equal(catalogue.vatRate('NO', 'standard', new Date()), 2500);
});

test('a second import updates what is known, adds, takes nothing away, and moves the version', async () => {
  await importCatalogue(fixture, publisherId, { products: [product], offers: [offer] });
  const counts = await importCatalogue(fixture, publisherId, {
    offers: [
      { ...offer, price: 129, renewal: { price: 149, periodLength: 3, periodType: 'months' } },
      { ...offer, offerNumber: 2, leastTerm: 3 },
    ],
  });
  assert.equal(counts.version, 2);
  const catalogue = await snapshot();
  assert.equal(catalogue.version, 2);
  assert.equal(catalogue.findOffer('O', 1)?.priceMinor, 12900);
  assert.equal(catalogue.findOffer('O', 1)?.renewal.priceMinor, 14900);
  assert.equal(catalogue.offersOfProduct('P').length, 2);
  assert.equal(catalogue.findOffer('O', 2)?.leastTerm, 3);
  await importCatalogue(fixture, publisherId, { offers: [{ ...offer, offerNumber: 2 }] });
  assert.equal((await snapshot()).findOffer('O', 2)?.leastTerm, undefined);
});

test('a publisher sees only its own', async () => {
  await importCatalogue(fixture, publisherId, { products: [product], offers: [offer] });
  const other = await fixture.addPublisher();
  const catalogue = await createCatalogueSnapshots({ database: fixture.database }).of(other);
  assert.deepEqual(
    [catalogue.version, catalogue.listProducts(), catalogue.findOffer('O', 1)],
    [0, [], undefined],
  );
});

const refused: [string, unknown, string][] = [
  ['no document', 'text', ''],
  [
    'a product without a type',
    { products: [{ ...product, productType: 'thing' }] },
    'products[0].productType',
  ],
  ['a price below zero', { products: [{ ...product, price: -1 }] }, 'products[0].price'],
  ['a price with three decimals', { products: [{ ...product, price: 1.005 }] }, 'products[0].price'],
  ['a currency that is unknown', { products: [{ ...product, currency: 'XXX' }] }, 'products[0].currency'],
  ['a VAT code that is unknown', { products: [{ ...product, vatCode: 'x' }] }, 'products[0].vatCode'],
  [
    'a time without an offset',
    { products: [{ ...product, startsAt: '2027-01-01T00:00:00' }] },
    'products[0].startsAt',
  ],
  [
    'an end before the start',
    { products: [{ ...product, startsAt: '2027-01-02T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' }] },
    'products[0].endsAt',
  ],
  ['a product named twice', { products: [product, product] }, 'products'],
  ['an offer of no product', { offers: [{ ...offer, productCode: 'NONE' }] }, 'offers[0].productCode'],
  [
    'an offer that binds for no period',
    { products: [product], offers: [{ ...offer, leastTerm: 0 }] },
    'offers[0].leastTerm',
  ],
  [
    'an offer that binds for half a period',
    { products: [product], offers: [{ ...offer, leastTerm: 1.5 }] },
    'offers[0].leastTerm',
  ],
  [
    'an offer that binds for ever',
    { products: [product], offers: [{ ...offer, leastTerm: 101 }] },
    'offers[0].leastTerm',
  ],
  [
    'an offer that binds for what is no one length',
    {
      products: [product],
      offers: [
        {
          ...offer,
          periodType: 'weeks',
          leastTerm: 3,
          renewal: { price: 99, periodLength: 1, periodType: 'months' },
        },
      ],
    },
    'offers[0].leastTerm',
  ],
  [
    'an offer without a period',
    { products: [product], offers: [{ ...offer, periodLength: 0 }] },
    'offers[0].periodLength',
  ],
  [
    'an issue without a date',
    { products: [{ ...product, issues: [{ issueCode: '1' }] }] },
    'products[0].issues[0].publishedAt',
  ],
  [
    'an article of no product',
    { articles: [{ articleRef: 'a', description: 'x', productCode: 'NONE' }] },
    'articles[0].productCode',
  ],
];

for (const [name, document, field] of refused) {
  test(`refused, and nothing written: ${name}`, async () => {
    await assert.rejects(importCatalogue(fixture, publisherId, document), (error: unknown) => {
      assert.ok(error instanceof Problem);
      assert.equal(error.code, 'input_is_invalid');
      assert.deepEqual(
        error.fields.map((problem) => problem.field),
        [field],
      );
      return true;
    });
    assert.equal((await snapshot()).version, 0);
    assert.deepEqual((await snapshot()).listProducts(), []);
  });
}

test('an unknown publisher is not found', async () => {
  await assert.rejects(importCatalogue(fixture, toPublisherId(1), {}), { code: 'not_found' });
});

test('imports at once follow one another', async () => {
  const counts = await Promise.all(
    Array.from({ length: 8 }, () => importCatalogue(fixture, publisherId, { products: [product] })),
  );
  assert.deepEqual(
    counts.map((count) => count.version).sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8],
  );
});

test('the demo catalogue is given once', async () => {
  await seedDemoCatalogue(fixture, publisherId);
  const catalogue = await snapshot();
  assert.deepEqual(
    [catalogue.findOffer('DEMO', 1)?.priceMinor, catalogue.findProduct('GUIDE')?.priceMinor],
    [9900, 14900],
  );
  assert.ok(catalogue.findIssue('DEMO', '2026-47'));
  assert.ok(catalogue.findArticle('demo-article-1'));
  assert.deepEqual(catalogue.productsOfCategoryType('news'), ['DEMO']);
  await fixture.rows('UPDATE offers SET price_minor = 1 WHERE publisher_id = $1', [publisherId]);
  await seedDemoCatalogue(fixture, publisherId);
  assert.equal((await snapshot()).findOffer('DEMO', 1)?.priceMinor, 1);
});
