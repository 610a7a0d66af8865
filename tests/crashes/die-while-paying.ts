import assert from 'node:assert/strict';
import type { Pool } from 'pg';
import { buildCluster, type Cluster } from '../builders/cluster.ts';
import { whenReady } from '../builders/node-process.ts';
import { smsOrder } from '../builders/orders.ts';
import { resultIn, type Told } from '../builders/page-buyer.ts';
import { connectStubbornClient } from '../builders/stubborn-client.ts';
import { until } from '../builders/until.ts';
import { openBooks } from '../oracle/read-books.ts';

/** What is passed on the way of a payment on a page, with the pass to die at. */
export const pagePaymentFailpoints: readonly string[] = [
  'before commit write-page-payment:1',
  'after commit write-page-payment:1',
  'before start:1',
  'after start:1',
  'before commit record-session:1',
  'after commit record-session:1',
  'before ask:1',
  'after ask:1',
  'before commit apply-question:1',
  'after commit apply-question:1',
  'before commit register-orders:1',
  'after commit register-orders:1',
  'before commit confirm-prepayment:1',
  'after commit confirm-prepayment:1',
  'before commit refund-unattached:1',
  'after commit refund-unattached:1',
  // The first operation captures for the order, the second gives back what no order used.
  'before operation:1',
  'after operation:1',
  'before operation:2',
  'after operation:2',
];

type Charge = { reference: string; state: string; amountMinor: number; capturedMinor?: number };

/**
 * One buyer pays on a page and the order is registered and completed, another pays and nothing follows, while
 * the node kills itself at a failpoint and another takes its place. A day later the first payment must be
 * captured once, and everything else released or never paid. Answers what the provider has, for the reader.
 */
export async function dieWhilePaying(failpoint: string): Promise<string[]> {
  const cluster = await buildCluster(1);
  const pool = openBooks(cluster.databaseUrl);
  try {
    const armed = cluster.start(0, { LEVERET_FAILPOINT: failpoint });
    const replaced = armed.gone.then(() => whenReady(cluster.start(0)));
    replaced.catch(() => undefined);
    const client = await connectStubbornClient(cluster.addresses);
    const used = await payStubbornly(cluster, 'vippsEcommerce');
    const unused = await payStubbornly(cluster, 'creditcardPayex');
    const registered = await client.post('/capi/v1/client/order', smsOrder('+4790011004', { ...used.order }));
    const { orderId } = registered.body;
    assert.equal(typeof orderId, 'number', JSON.stringify(registered.body));
    const completed = await client.post('/capi/v1/client/order/fulfillment', { orderId });
    assert.equal(completed.body['fulfillmentStatus'], 'OK');
    await until('the capture', async () => (await stateOf(cluster, used)) === 'charged', 60_000, 200);
    await advance(cluster, 86_400);
    await advance(cluster, 1800);
    await until('the release', async () => (await stateOf(cluster, unused)) === 'released', 60_000, 200);
    await until(`${failpoint} to be passed`, async () => armed.isGone());
    await until('rest', () => isAtRest(pool), 120_000, 250);
    return await judge(cluster, used);
  } finally {
    await pool.end();
    await cluster.close();
  }
}

/** One payment is used, and no other waits for anything, nor has its work under way. */
async function isAtRest(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ state: string }>(
    `SELECT CASE WHEN payments.order_id IS NOT NULL AND NOT to_confirm THEN 'used'
       WHEN attempts.state IN ('created', 'sent', 'pending', 'unknown') THEN 'open'
       WHEN attempts.authorized_minor > attempts.captured_minor + attempts.cancelled_minor THEN 'paid'
       ELSE 'ended' END AS state
     FROM page_payments JOIN payments USING (payment_id) JOIN payment_attempts attempts USING (payment_id)
     UNION ALL SELECT 'at work' FROM jobs
     WHERE name IN ('resolve-attempt', 'run-operation', 'confirm-prepayment', 'give-back-unattached')`,
  );
  const states = rows.map((row) => row.state);
  return states.includes('used') && states.every((one) => one === 'used' || one === 'ended');
}

function referenceOf({ order }: Told): string {
  const info = Object.values(order ?? {}).find((one) => typeof one === 'object');
  const { transactionId = '' } = { ...info } as { transactionId?: string };
  return transactionId.replace('leveret-', '');
}

const returnUrl = 'http://localhost:3000/shop';

/** Sends the form until somebody answers, approves, and opens the way back until the outcome is told. */
async function payStubbornly({ addresses: [address = ''] }: Cluster, paymentMethod: string): Promise<Told> {
  const form = { clientId: 'no.leveret.demo', paymentMethod, amount: '149', returnUrl, state: 's' };
  const start = () => follow(`${address}/capi/mcpay/start`, form);
  const providerPage = await until('an answer to the form', start, 60_000, 150);
  const back = await until('the way back', () => follow(`${providerPage}/approve`, {}));
  const { pathname } = new URL(back);
  const location = await until('the outcome', () => follow(address + pathname), 60_000, 150);
  const told = resultIn(location);
  assert.equal(told.status, 'success');
  return told;
}

async function follow(url: string, form?: Record<string, string>): Promise<string | undefined> {
  const body = form && new URLSearchParams(form);
  try {
    const reply = await fetch(url, { redirect: 'manual', ...(body && { method: 'POST', body }) });
    await reply.text();
    return reply.status === 303 ? (reply.headers.get('location') ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

async function ledgerOf({ sandbox }: Cluster): Promise<{ charges: Charge[]; refunds: unknown[] }> {
  return (await fetch(`${sandbox.url}/control/ledger`)).json() as never;
}

async function stateOf(cluster: Cluster, told: Told): Promise<string | undefined> {
  const { charges } = await ledgerOf(cluster);
  return charges.find((one) => one.reference === referenceOf(told))?.state;
}

async function advance({ sandbox, addresses: [address] }: Cluster, seconds: number): Promise<void> {
  await until('a node', async () => (await fetch(`${address}/ready`).catch(() => undefined))?.ok, 60_000);
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ seconds });
  await fetch(`${sandbox.url}/control/clock/advance`, { method: 'POST', headers, body });
}

async function judge(cluster: Cluster, used: Told): Promise<string[]> {
  const { charges, refunds } = await ledgerOf(cluster);
  for (const charge of charges) {
    if (charge.reference === referenceOf(used)) assert.equal(charge.capturedMinor, charge.amountMinor);
    else assert.ok(['released', 'declined', 'unknown'].includes(charge.state), JSON.stringify(charge));
  }
  assert.deepEqual(refunds, []);
  const violations: unknown = await (await fetch(`${cluster.sandbox.url}/control/violations`)).json();
  assert.deepEqual(violations, { violations: [] });
  return charges.map((one) => one.state).sort();
}
