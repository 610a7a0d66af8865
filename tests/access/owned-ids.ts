import type { DemoClient } from '../builders/demo-client.ts';
import { firstOf, numberAt, textAt } from '../builders/fields-of.ts';
import type { Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { merchantSettings } from '../builders/merchant-settings.ts';
import { complete, freeOrder, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

/** One of everything that a client can name in a call. */
export type Ids = {
  orderId: number;
  openOrderId: number;
  callbackId: number;
  webhookId: number;
  caseId: number;
  merchantId: string;
  uniqueUserId: string;
  customerNumber: number;
  externalOrderId: string;
  credential: string;
  clientId: string;
};

/** Ids that look like ours and belong to nobody. */
export const nobodysIds: Ids = {
  orderId: 8_999_999_901,
  openOrderId: 8_999_999_902,
  callbackId: 8_999_999_903,
  webhookId: 8_999_999_904,
  caseId: 8_999_999_905,
  merchantId: 'nobodys',
  uniqueUserId: 'fedcba9876543210fedcba9876543210',
  customerNumber: 8_999_999_906,
  externalOrderId: 'nobody-1',
  credential: 'nobody@example.com',
  clientId: 'nobody.at.all',
};

const credential = 'owner@example.com';
const externalOrderId = 'owned-1';
const unknownBillingMobile = '+4790000040';

/** Makes the demo publisher the owner of one of everything, through the API alone. */
export async function makeOwned(fixture: Fixture, client: DemoClient): Promise<Ids> {
  const orderId = await register(client, freeOrder({ externalOrderId }));
  const callbackUrl = `${fixture.sandboxUrl}/publisher/callback/owned`;
  await complete(client, orderId, { callbackUrl });
  const assigned = await client.post(`/capi/v1/client/order/${orderId}/user`, { credential });
  const webhook = await client.post('/capi/v1/client/webhooks', {
    url: `${fixture.sandboxUrl}/publisher/hook`,
  });
  await until(
    'the callback',
    async () => (await callbacksAt(fixture, '/publisher/callback/owned')).length > 0,
  );
  const callbacks = await client.get(`/capi/v1/client/callbacks?orderId=${orderId}`);
  const shown = await client.get(`/capi/v1/client/order/status/${orderId}`);
  return {
    orderId,
    openOrderId: await register(client, freeOrder()),
    callbackId: numberAt(firstOf(callbacks, 'callbacks'), 'callbackId'),
    webhookId: numberAt(webhook.body, 'webhookId'),
    caseId: await makeCase(fixture, client),
    merchantId: await makeMerchant(client),
    uniqueUserId: textAt(assigned.body, 'uniqueUserId'),
    customerNumber: numberAt(firstOf(shown, 'orders'), 'customerNumber'),
    externalOrderId,
    credential,
    clientId: 'no.leveret.demo',
  };
}

async function makeMerchant(client: DemoClient): Promise<string> {
  const path = '/capi/v1/client/payment-methods/link-mobility-sms/owned';
  const saved = await client.put(path, { settings: merchantSettings });
  return textAt(saved.body, 'merchantId');
}

/** A charge of which nobody can tell whether it was made. */
export async function makeCase(fixture: Fixture, client: DemoClient): Promise<number> {
  const orderId = await register(client, smsOrder(unknownBillingMobile));
  await complete(client, orderId);
  await until('the charge', async () => {
    const reply = await client.get(`/capi/v1/client/order/${orderId}`);
    return JSON.stringify(reply.body['timeline']).includes('payment pending');
  });
  await fixture.advance(2);
  return until('the case', async () => {
    const reply = await client.get(`/capi/v1/client/cases?state=open&orderId=${orderId}`);
    const cases = reply.body['cases'];
    return Array.isArray(cases) && cases.length > 0 && numberAt(firstOf(reply, 'cases'), 'caseId');
  });
}
