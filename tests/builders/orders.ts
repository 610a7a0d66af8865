import { randomUUID } from 'node:crypto';
import type { DemoClient, Reply } from './demo-client.ts';

/** The line that most tests buy: the demo offer, with an hour of access to read at once. */
export const demoLine = {
  productSpecType: 'coupon',
  productSpecCode: 'DEMO',
  productSpecNo: 1,
  allowAccessProduct: 'DEMO',
  allowAccessSeconds: 3600,
};

export const kari = { firstName: 'Kari', lastName: 'Nordmann', emails: ['kari@example.com'] };

export function freeOrder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return { paymentMethod: 'free', payer: kari, orderLines: [demoLine], ...changes };
}

export function prepaidOrder(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const paymentInfoOther = { transactionId: randomUUID(), amount: 99, currency: 'NOK' };
  return {
    paymentMethod: 'other',
    prepaid: true,
    paymentInfoOther,
    payer: kari,
    orderLines: [demoLine],
    ...changes,
  };
}

export function smsOrder(mobile: string, changes: Record<string, unknown> = {}): Record<string, unknown> {
  const payer = { lastName: 'Nordmann', phoneNumbers: [mobile] };
  const line = {
    productSpecType: 'product',
    product: 'GUIDE',
    allowAccessProduct: 'GUIDE',
    allowAccessSeconds: 3600,
  };
  return { paymentMethod: 'sms', payer, orderLines: [line], ...changes };
}

/** Registers and answers the id; a refusal is an error with the server's own words. */
export async function register(client: DemoClient, order: Record<string, unknown>): Promise<number> {
  const reply = await client.post('/capi/v1/client/order', order);
  const { orderId } = reply.body;
  if (reply.status !== 200 || typeof orderId !== 'number')
    throw new Error(`not registered: ${JSON.stringify(reply.body)}`);
  return orderId;
}

/** Registers what a buyer is to pay, and answers where. */
export async function registerToPay(
  client: DemoClient,
  order: Record<string, unknown>,
): Promise<{ orderId: number; address: string }> {
  const { status, body } = await client.post('/capi/v1/client/order', order);
  const { orderId, fulfillmentUrl: address } = body;
  if (status !== 200 || typeof orderId !== 'number' || typeof address !== 'string')
    throw new Error(`not registered: ${JSON.stringify(body)}`);
  return { orderId, address };
}

export function complete(
  client: DemoClient,
  orderId: number,
  options: Record<string, unknown> = {},
): Promise<Reply> {
  return client.post('/capi/v1/client/order/fulfillment', { orderId, ...options });
}
