import { once } from 'node:events';
import { createServer } from 'node:http';
import { expireOrders } from '@leveret/server/orders/expire-orders.js';
import { complete, prepaidOrder, register, smsOrder, type TestNode } from '@leveret/server/testing/node.js';
import { openAccounts, pay, refuseOnPage, type Street } from './pay-at-provider.ts';

/** The methods that old orders were paid by, as clients name them. */
export const paidBy = ['sms', 'creditcardPayex', 'vippsEcommerce', 'vippsRecurring', 'kco'] as const;

/** Orders of each shape that were placed, paid, stopped or left as readers and sites do. */
export type Seeds = {
  /** Ended long ago, as nearly all orders of a large database are. */
  ended: number[];
  /** The one of them that was paid by each method, and whose money was not given back. */
  paid: Record<(typeof paidBy)[number], number>;
  /** Those of them that took no money. */
  stopped: number[];
  /** A payment on a publisher's page that came to nothing, before any order. */
  payments: number[];
  /** Under way: few at any time. */
  open: number[];
  reader: { email: string; mobile: string };
};

const reader = { email: 'kari@example.com', mobile: '+4790000001' };
const options = {
  credential: reader.email,
  returnUrl: 'http://localhost:8090/publisher/return',
  linkLifetime: 24,
};

/** Places orders of all shapes and brings each as far as its shape goes. */
export async function seedOrders(street: Street): Promise<Seeds> {
  const { node } = street;
  await openAccounts(street);
  const free = { ...smsOrder(), paymentMethod: 'free', payer: payerOf(reader) };
  const site = createServer((_, response) => response.end()).listen(0, '127.0.0.1');
  await once(site, 'listening');
  const address = site.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const told = { ...options, callbackUrl: `http://127.0.0.1:${port}/callback` };
  const paid = { sms: await charge(node, told, 1001), ...(await payAtProviders(street, told)) };
  const ended = [
    await place(node, { ...free, externalOrderId: 'site-1' }, told),
    await place(node, { ...free, paymentMethod: 'invoice' }, told),
    await place(node, prepaidOrder({ payer: payerOf(reader) }), told),
    ...Object.values(paid),
    await charge(node, told, 1001),
    await charge(node, told, 2201),
    await refuse(street, told),
    await refundOrVoid(node, await pay(street, orderBy('creditcardPayex'), told)),
    await refundOrVoid(node, await pay(street, orderBy('vippsEcommerce'), told)),
    await refundOrVoid(node, await pay(street, orderBy('vippsRecurring'), told)),
    await withdraw(node, await pay(street, orderBy('creditcardPayex'), told)),
    await withdraw(node, await place(node, free, told)),
    await cancel(node, free),
    await leave(node, free),
    await resolve(node, await charge(node, told, 1010)),
  ];
  site.close();
  // No mail server stands here; those of long ago went out.
  await node.rows(
    "UPDATE messages SET state = 'delivered', ended_at = leveret_now() WHERE state = 'waiting'",
  );
  const unnotified = { ...options, callbackUrl: 'http://127.0.0.1:9/callback' };
  const open = [
    await register(node, free),
    await charge(node, unnotified, undefined),
    await charge(node, unnotified, 1010),
    await place(node, free, unnotified),
  ];
  const stopped = await findStopped(node, ended);
  return { ended, paid, stopped, payments: [await refuseOnPage(street)], open, reader };
}

async function findStopped(node: TestNode, orders: readonly number[]): Promise<number[]> {
  const rows = await node.rows<{ order_id: number }>(
    'SELECT order_id FROM orders WHERE order_id = ANY ($1::bigint[]) AND stopped_reason IS NOT NULL',
    [orders],
  );
  return rows.map((row) => row.order_id);
}

async function payAtProviders(street: Street, asked: object): Promise<Omit<Seeds['paid'], 'sms'>> {
  return {
    creditcardPayex: await pay(street, orderBy('creditcardPayex'), asked),
    vippsEcommerce: await pay(street, orderBy('vippsEcommerce'), asked),
    vippsRecurring: await pay(street, orderBy('vippsRecurring'), asked),
    kco: await pay(street, orderBy('kco'), asked),
  };
}

/** Without a mobile, which Vipps would ask in the app at once. */
function orderBy(paymentMethod: (typeof paidBy)[number]): object {
  const payer = { ...payerOf(reader), phoneNumbers: [] };
  const order = { ...smsOrder(), paymentMethod, payer };
  if (paymentMethod !== 'vippsRecurring') return order;
  const offer = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
  return { ...order, recurring: true, orderLines: [offer] };
}

/** A buyer who refuses may try again, until the site cancels. */
async function refuse(street: Street, asked: object): Promise<number> {
  const orderId = await pay(street, orderBy('vippsEcommerce'), asked, 'refuse');
  await street.node.post(`/capi/v1/client/order/${orderId}/cancel`);
  await street.node.runJobs();
  return orderId;
}

/** All that was paid goes back, which ends access, and the agreement where there is one. */
async function refundOrVoid(node: TestNode, orderId: number): Promise<number> {
  const asked = { access: 'end_now', reason: 'late' };
  const { status, body } = await node.post(`/capi/v1/client/order/${orderId}/refund`, asked);
  if (status !== 202) throw new Error(`not given back: ${JSON.stringify(body)}`);
  await node.runJobs();
  return orderId;
}

/** Stated by the client for its reader: what was paid goes back, and the receipt is kept. */
async function withdraw(node: TestNode, orderId: number): Promise<number> {
  const asked = { name: 'Kari Nordmann', receiptTo: reader.email };
  const { status, body } = await node.post(`/capi/v1/client/order/${orderId}/withdrawal`, asked);
  if (status !== 202) throw new Error(`not withdrawn: ${JSON.stringify(body)}`);
  await node.runJobs();
  return orderId;
}

function payerOf({ email, mobile }: Seeds['reader']): object {
  const address = { streetName: 'Storgata', streetNumber: 12, postalCode: '0155', postalPlace: 'Oslo' };
  return { firstName: 'Kari', lastName: 'Nordmann', ...address, emails: [email], phoneNumbers: [mobile] };
}

async function place(node: TestNode, order: object, asked: object): Promise<number> {
  const orderId = await register(node, order);
  await complete(node, orderId, asked);
  await node.runJobs();
  return orderId;
}

/** Charged by SMS, and reported so where there is a report. */
async function charge(node: TestNode, asked: object, resultCode: number | undefined): Promise<number> {
  const orderId = await place(node, smsOrder(reader.mobile), asked);
  const [attempt] = await node.rows<{ reference: string }>(
    'SELECT reference FROM payment_attempts WHERE order_id = $1',
    [orderId],
  );
  if (resultCode !== undefined && attempt) await node.report(attempt.reference, resultCode);
  await node.runJobs();
  return orderId;
}

async function cancel(node: TestNode, order: object): Promise<number> {
  const orderId = await register(node, order);
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  return orderId;
}

/** Expired, as orders do that nobody completes. */
async function leave(node: TestNode, order: object): Promise<number> {
  const orderId = await register(node, order);
  await node.rows('UPDATE orders SET expires_at = leveret_now() WHERE order_id = $1', [orderId]);
  await expireOrders(node.context);
  return orderId;
}

/** Billing that the gateway could not tell makes a case, which a person answers. */
async function resolve(node: TestNode, orderId: number): Promise<number> {
  const { body } = await node.get(`/capi/v1/client/cases?orderId=${orderId}`);
  const [found] = body['cases'] as { caseId: number }[];
  const answer = { outcome: 'paid', evidence: 'seen in the statement' };
  await node.post(`/capi/v1/client/cases/${found?.caseId}/resolve`, answer);
  await node.runJobs();
  return orderId;
}
