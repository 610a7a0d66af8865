import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import { sql } from '@leveret/server/database/statement.js';
import { type PublisherId, publisherId } from '@leveret/server/kit/ids.js';
import { Problem } from '@leveret/server/kit/problem.js';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { kari } from '../builders/orders.ts';
import { agreementAt, openAgreement } from '../builders/vipps-agreement.ts';

let fixture: Fixture;
let client: DemoClient;
let demo: PublisherId;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  const { database } = fixture.app.context;
  const [row] = await database.query<{ publisher_id: number }>(
    sql('test.demo', "SELECT publisher_id FROM clients WHERE client_id = 'no.leveret.demo'"),
    [],
  );
  const product = { currency: 'NOK', productCode: 'TRIAL', description: 'The paper' };
  const offer = { offerCode: 'TRIAL', productCode: 'TRIAL', description: 'The paper', currency: 'NOK' };
  const renewal = { price: 249, periodLength: 1, periodType: 'months' };
  const offers = [
    { ...offer, offerNumber: 1, price: 1, periodLength: 14, periodType: 'days', renewal },
    { ...offer, offerNumber: 2, price: 0, periodLength: 3, periodType: 'months', renewal },
    { ...offer, offerNumber: 3, price: 990, periodLength: 1, periodType: 'years' },
    { ...offer, offerNumber: 4, price: 990, periodLength: 52, periodType: 'weeks' },
    { ...offer, offerNumber: 5, price: 990, periodLength: 45, periodType: 'days' },
    { ...offer, offerNumber: 6, price: 20_001, periodLength: 1, periodType: 'years' },
    { ...offer, offerNumber: 7, price: 0.5, periodLength: 14, periodType: 'days', renewal },
    { ...offer, offerNumber: 9, price: 990, periodLength: 12, periodType: 'months' },
    {
      ...offer,
      offerNumber: 8,
      price: 99,
      periodLength: 1,
      periodType: 'months',
      paymentMethods: ['kco', 'creditcardPayex'],
    },
  ];
  const catalogue = { products: [{ ...product, productType: 'subscription', vatCode: 'press' }], offers };
  demo = publisherId(Number(row?.publisher_id));
  await importCatalogue({ database }, demo, catalogue);
});
after(() => fixture.close());

/** The agreement that the buyer is shown, as the provider has it. */
async function agreementFor(...offerNumbers: number[]): Promise<Record<string, unknown>> {
  const reply = await register(offerNumbers, { paymentMethod: 'vippsRecurring' });
  const id = await openAgreement(fixture, reply.body);
  const { pricing, interval } = (await agreementAt(fixture, id)) as Record<string, Record<string, unknown>>;
  return { amount: pricing?.['amount'], unit: interval?.['unit'], count: interval?.['count'] };
}

function register(offerNumbers: readonly number[], more: object = {}): Promise<Reply> {
  return client.post('/capi/v1/client/order', {
    recurring: true,
    payer: kari,
    orderLines: offerNumbers.map((productSpecNo) => ({
      productSpecType: 'coupon',
      productSpecCode: 'TRIAL',
      productSpecNo,
      allowAccessProduct: 'TRIAL',
      allowAccessSeconds: 60,
    })),
    ...more,
  });
}

test('a buyer agrees to the renewal, not to the price and period of a trial', async () => {
  const monthly = { amount: 24_900, unit: 'MONTH', count: 1 };
  assert.deepEqual(await agreementFor(1), monthly, 'a trial for a krone');
  assert.deepEqual(await agreementFor(2), monthly, 'a trial for nothing');
  assert.deepEqual(await agreementFor(1, 1), { ...monthly, amount: 49_800 }, 'two that renew alike');
  assert.deepEqual(await agreementFor(4), { amount: 99_000, unit: 'YEAR', count: 1 }, '52 weeks');
  assert.deepEqual(await agreementFor(3, 9), { amount: 198_000, unit: 'YEAR', count: 1 }, 'no renewal told');
});

const refused: [string, number[], string, string][] = [
  ['45 days', [5], 'renewal_period_not_supported', 'orderLines'],
  ['more than NOK 20,000', [6], 'renewal_price_not_supported', 'orderLines'],
  ['0.50 at the start', [7], 'first_price_not_supported', 'orderLines'],
  ['a month beside a year', [1, 3], 'renewal_periods_differ', 'orderLines'],
  ['two first periods of different lengths', [1, 2], 'first_price_not_supported', 'orderLines'],
  ['an offer that is sold otherwise', [8], 'method_is_not_offered', 'paymentMethod'],
];

for (const [what, offerNumbers, rule, field] of refused) {
  test(`no buyer meets what Vipps MobilePay cannot renew: ${what}`, async () => {
    const reply = await register(offerNumbers, { paymentMethod: 'vippsRecurring' });
    assert.equal(reply.status, 400, JSON.stringify(reply.body));
    const [broken] = reply.body['fields'] as Record<string, unknown>[];
    assert.deepEqual([reply.body['code'], broken?.['rule'], broken?.['field']], [rule, rule, field]);
    const open = await register(offerNumbers);
    const page = await (await fetch(textAt(open.body, 'fulfillmentUrl'))).text();
    assert.equal(page.includes('value="vippsRecurring"'), false, 'nor may it be chosen');
    assert.ok(page.includes('value="kco"'), page);
  });
}

test('an order that is paid elsewhere, or once, is held against no agreement', async () => {
  const paidElsewhere = { prepaid: true, paymentInfoVipps: { transactionId: 'agreement-elsewhere' } };
  for (const more of [
    { paymentMethod: 'vippsRecurring', ...paidElsewhere },
    { paymentMethod: 'kco', recurring: false },
  ]) {
    const reply = await register([5], more);
    assert.equal(reply.status, 200, JSON.stringify(reply.body));
  }
});

test('an offer for Vipps MobilePay that it cannot renew is not imported', async () => {
  const { database } = fixture.app.context;
  const offer = { offerCode: 'FORVIPPS', offerNumber: 1, productCode: 'TRIAL', description: 'The paper' };
  const saving = (more: object) =>
    importCatalogue({ database }, demo, {
      offers: [{ ...offer, currency: 'NOK', price: 99, periodLength: 1, periodType: 'months', ...more }],
    });
  const soldBy = { paymentMethods: ['creditcardPayex', 'vippsRecurring'] };
  await saving(soldBy);
  await saving({ periodLength: 45, periodType: 'days' });
  const broken = { ...soldBy, periodLength: 45, periodType: 'days' };
  await assert.rejects(saving(broken), (error) => {
    assert.ok(error instanceof Problem);
    const [broken] = error.fields;
    assert.deepEqual(
      [broken?.field, broken?.rule],
      ['offers[0].paymentMethods', 'renewal_period_not_supported'],
    );
    return true;
  });
});
