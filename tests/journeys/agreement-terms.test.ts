import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { importCatalogue } from '@leveret/server/catalogue/import-catalogue.js';
import { sql } from '@leveret/server/database/statement.js';
import { publisherId } from '@leveret/server/kit/ids.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildHouse, type House } from '../builders/house.ts';
import { kari } from '../builders/orders.ts';

let house: House;
let client: DemoClient;

before(async () => {
  house = await buildHouse({ realTime: false });
  client = await connectDemoClient(house.url);
  const { database } = house.app.context;
  const [demo] = await database.query<{ publisher_id: number }>(
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
  ];
  const catalogue = { products: [{ ...product, productType: 'subscription', vatCode: 'press' }], offers };
  await importCatalogue({ database }, publisherId(Number(demo?.publisher_id)), catalogue);
});
after(() => house.close());

/** The agreement that the buyer is shown, as the provider has it. */
async function agreementFor(...offerNumbers: number[]): Promise<Record<string, unknown>> {
  const reply = await client.post('/capi/v1/client/order', {
    paymentMethod: 'vippsRecurring',
    recurring: true,
    payer: kari,
    orderLines: offerNumbers.map((productSpecNo) => ({
      productSpecType: 'coupon',
      productSpecCode: 'TRIAL',
      productSpecNo,
      allowAccessProduct: 'TRIAL',
      allowAccessSeconds: 60,
    })),
  });
  const opened = await fetch(textAt(reply.body, 'fulfillmentUrl'), { redirect: 'manual' });
  assert.equal(opened.status, 303);
  const [attempt] = await house.app.context.database.query<{ provider_id: string }>(
    sql('test.attempt', 'SELECT provider_id FROM payment_attempts WHERE order_id = $1'),
    [reply.body['orderId']],
  );
  const keys = { 'ocp-apim-subscription-key': 'vipps-demo-key', 'merchant-serial-number': '123456' };
  const login = { ...keys, client_id: 'leveret-demo', client_secret: 'vipps-demo-secret' };
  const vipps = `${house.sandboxUrl}/vipps`;
  const token = await (await fetch(`${vipps}/accesstoken/get`, { method: 'POST', headers: login })).json();
  const authorization = `Bearer ${textAt(token, 'access_token')}`;
  const address = `${vipps}/recurring/v3/agreements/${attempt?.provider_id}`;
  const shown = await fetch(address, { headers: { ...keys, authorization } });
  const { pricing, interval } = (await shown.json()) as Record<string, Record<string, unknown>>;
  return { amount: pricing?.['amount'], unit: interval?.['unit'], count: interval?.['count'] };
}

test('a buyer agrees to the renewal, not to the price and period of a trial', async () => {
  const monthly = { amount: 24_900, unit: 'MONTH', count: 1 };
  assert.deepEqual(await agreementFor(1), monthly, 'a trial for a krone');
  assert.deepEqual(await agreementFor(2), monthly, 'a trial for nothing');
  assert.deepEqual(await agreementFor(1, 2), { ...monthly, amount: 49_800 }, 'two that renew alike');
  assert.deepEqual(await agreementFor(3, 1), { amount: 99_000, unit: 'YEAR', count: 1 }, 'no renewal told');
});
