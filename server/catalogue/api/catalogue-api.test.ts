import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Answer, Endpoint } from '../../kit/http/endpoint.ts';
import { readInput } from '../../kit/http/read-input.ts';
import { clientId } from '../../kit/ids.ts';
import { defaultClientSettings } from '../../publishers/client-settings.ts';
import { type Client, type Publisher } from '../../publishers/publisher.ts';
import { defaultPublisherSettings } from '../../publishers/publisher-settings.ts';
import { openTestFixture, type TestFixture } from '../../testing/orders.ts';
import { createCatalogueSnapshots } from '../catalogue-snapshots.ts';
import { importCatalogue } from '../import-catalogue.ts';
import { seedDemoCatalogue } from '../seed-demo-catalogue.ts';
import { checkOfferPrice } from './check-offer-price.ts';
import { checkProducts } from './check-products.ts';
import { listOffers } from './list-offers.ts';
import { listProducts } from './list-products.ts';
import { listProductsOfType } from './list-products-of-type.ts';

let fixture: TestFixture;
let caller: Client;
const now = new Date('2027-01-15T12:00:00Z');

before(async () => {
  fixture = await openTestFixture();
  const publisherId = await fixture.addPublisher();
  await seedDemoCatalogue(fixture, publisherId);
  const over = { startsAt: '2026-01-01T00:00:00Z', endsAt: '2027-01-01T00:00:00Z' };
  const single = { description: 'Old', productType: 'single', price: 10, vatCode: 'press' };
  const offer = { productCode: 'DEMO', description: 'Old', price: 1, periodLength: 1, periodType: 'days' };
  await importCatalogue(fixture, publisherId, {
    products: [{ ...single, ...over, productCode: 'OLD' }],
    offers: [{ ...offer, ...over, offerCode: 'DEMO', offerNumber: 2 }],
  });
  caller = callerOf(publisherId);
});
after(() => fixture.close());

function callerOf(publisherId: Publisher['publisherId']): Client {
  const publisher: Publisher = {
    publisherId,
    name: 'Test',
    timeZone: 'Europe/Oslo',
    country: 'NO',
    currency: 'NOK',
    locale: 'nb',
    ownerEmail: '',
    settings: defaultPublisherSettings,
  };
  return {
    clientId: clientId('no.leveret.test'),
    by: { kind: 'client', id: 'no.leveret.test' },
    publisher,
    name: 'Test',
    profile: 'original',
    scopes: [],
    returnAddresses: [],
    settings: defaultClientSettings,
    revocationNumber: 0,
    isDisabled: false,
  };
}

type Given = { body?: object; params?: object; query?: object };

/** Reads what is given by the endpoint's own schemas, as the server does, and calls it. */
async function call(endpoint: Endpoint<never, Client>, given: Given): Promise<Answer['body']> {
  const context = {
    catalogue: createCatalogueSnapshots({ database: fixture.database }),
    clock: { now: () => now, measure: async () => undefined },
  };
  const read = (part: 'body' | 'params' | 'query') =>
    endpoint[part] && readInput(endpoint[part], given[part] ?? {}).value;
  const input = { caller, body: read('body'), params: read('params'), query: read('query') };
  const rest = { bodyText: '', idempotencyKey: undefined, requestId: 'req', warnings: [] };
  return (await endpoint.handle(context as never, { ...input, ...rest } as never)).body;
}

const codesOf = (body: object) =>
  (body as { products: { product: string }[] }).products.map((one) => one.product);

test('products: all, one, of a type, in the shop, active', async () => {
  assert.deepEqual(codesOf(await call(listProducts, {})), ['DEMO', 'GUIDE', 'OLD']);
  assert.deepEqual(codesOf(await call(listProducts, { query: { productId: 'GUIDE' } })), ['GUIDE']);
  assert.deepEqual(codesOf(await call(listProducts, { query: { productId: 'NONE' } })), []);
  assert.deepEqual(codesOf(await call(listProducts, { query: { shop: 'true' } })), ['DEMO', 'GUIDE']);
  const ofType = (productType: string) => call(listProductsOfType, { params: { productType } });
  assert.deepEqual(codesOf(await ofType('subscription')), ['DEMO']);
  assert.deepEqual(codesOf(await ofType('single')), ['GUIDE', 'OLD']);
  assert.deepEqual(codesOf(await call(checkProducts, { body: { onlyActive: true } })), ['DEMO', 'GUIDE']);
});

test('changedAfter is refused, since it would have to leave products out; 0 asks for all', async () => {
  await assert.rejects(call(checkProducts, { body: { changedAfter: 1 } }), { code: 'not_supported_yet' });
  assert.deepEqual(codesOf(await call(checkProducts, { body: { changedAfter: 0 } })), [
    'DEMO',
    'GUIDE',
    'OLD',
  ]);
});

test('a product has every field of the original', async () => {
  const body = await call(listProducts, { query: { productId: 'GUIDE' } });
  assert.deepEqual(body, {
    products: [
      {
        companyCode: 'DEMO',
        product: 'GUIDE',
        description: "Demoposten's guide to the mountains",
        productType: 'single',
        weight: null,
        campaigns: null,
        currency: 'NOK',
        webOfferPrice: 149,
        retailPrice: 149,
        vatPercent: 25,
        digital: true,
        startTime: null,
        endTime: null,
      },
    ],
  });
});

test('the coupons of a product that are on sale, with marketing where it is asked for', async () => {
  const expected = {
    couponCode: 'DEMO',
    couponNumber: 1,
    startTime: null,
    endTime: null,
    description: 'Demoposten, a month at a time',
    couponPrice: 99,
    currency: 'NOK',
    periodLength: 1,
    periodType: 'months',
    productDeliveryPlanId: null,
    extraProducts: [],
    renewal: { renewalPrice: 99, periodLength: 1, periodType: 'months' },
    leastTerm: null,
  };
  const params = { productCode: 'DEMO' };
  assert.deepEqual(await call(listOffers, { params }), { coupons: [expected] });
  const marketing = { project: 'demo', market: 'web', activity: 'start', salesMethod: 'online' };
  const withMarketing = await call(listOffers, { params, query: { marketing: true } });
  assert.deepEqual(withMarketing, { coupons: [{ ...expected, marketing }] });
  await assert.rejects(call(listOffers, { params: { productCode: 'NONE' } }), { code: 'not_found' });
});

test('the price of a coupon, VAT included', async () => {
  const body = {
    couponCode: 'DEMO',
    couponNumber: 1,
    customerNumber: 7,
    countryCode: 'NO',
    postalCode: '0150',
  };
  assert.deepEqual(await call(checkOfferPrice, { body }), {
    companyCode: 'DEMO',
    product: 'DEMO',
    price: 99,
    vatAmount: 0,
    vatpercent: 0,
    vatInclude: true,
    currency: 'NOK',
    distAmount: 0,
    distAmountvat: 0,
    customerNumber: 7,
  });
  for (const couponNumber of [2, 3]) {
    const unknown = call(checkOfferPrice, { body: { couponCode: 'DEMO', couponNumber } });
    await assert.rejects(unknown, { code: 'offer_is_unknown' }, 'no longer on sale, or never known');
  }
});
