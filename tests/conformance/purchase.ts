import assert from 'node:assert/strict';
import type { Charge } from '@leveret/sandbox/kit/ledger.js';
import type { Reply } from '../builders/demo-client.ts';
import { type AttemptBook, type Books, readBooks } from './books.ts';
import { type Buyer, openBrowserOf } from './buyer.ts';
import { pass, type Stage, settle } from './stage.ts';
import { chargesAlone, type Way } from './ways.ts';

/** One order that somebody buys one way. */
export type Purchase = {
  way: Way;
  orderId: number;
  /** Where the buyer pays. */
  url: string;
  buyer: Buyer;
  /** Where the publisher's site is told, unless it is told by webhook only. */
  callbackPath: string | undefined;
};

export type Decision = 'approve' | 'refuse' | 'abandon' | 'expire';
export const windowSeconds = 30 * 60;

let bought = 0;

/** How the order differs: how many lines, how they are captured, whose it is, whether the method is open. */
export type Wanted = {
  lines?: number;
  manual?: boolean;
  isFreeAtFirst?: boolean;
  /** `any` is one that stands for nothing. */
  mobile?: string;
  isMethodOpen?: boolean;
};

/** Registers an order that is to be paid one way, and asks for a callback where that takes no money yet. */
export async function order(stage: Stage, way: Way, wanted: Wanted = {}): Promise<Purchase> {
  bought += 1;
  const { currency = 'NOK' } = way.scenario.order;
  const mobile = wanted.mobile ?? way.scenario.mobile ?? 'any';
  const anyMobile = `+4741${String(bought).padStart(6, '0')}`;
  const line = {
    productSpecType: 'coupon',
    productSpecCode: `PAPER${currency}`,
    productSpecNo: wanted.isFreeAtFirst ? 3 : wanted.manual ? 2 : 1,
    allowAccessProduct: `PAPER${currency}`,
    allowAccessSeconds: 3600,
  };
  const emails = [`reader${bought}@example.com`];
  const reply = await (await stage.client()).post('/capi/v1/client/order', {
    ...(!wanted.isMethodOpen && { paymentMethod: way.paymentMethod }),
    ...way.scenario.order,
    payer: {
      firstName: 'Kari',
      lastName: 'Nordmann',
      emails,
      phoneNumbers: [mobile === 'any' ? anyMobile : mobile],
    },
    orderLines: Array.from({ length: wanted.lines ?? 1 }, () => line),
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  const orderId = Number(reply.body['orderId']);
  const { fulfillmentUrl } = reply.body;
  assert.ok(typeof fulfillmentUrl === 'string');
  // The nodes may stand behind another address.
  const url = new URL(new URL(fulfillmentUrl).pathname, stage.urls[0]).href;
  const isToldBySite = way.flow === 'direct' || !chargesAlone(way.method) || wanted.isMethodOpen === true;
  const callbackPath = isToldBySite ? `/publisher/callback/conformance/${orderId}` : undefined;
  const purchase = { way, orderId, url, callbackPath, buyer: openBrowserOf(new URL(url).origin) };
  if (way.flow === 'browser' && callbackPath) await completeByApi(stage, purchase);
  return purchase;
}

export async function completeByApi(stage: Stage, { orderId, callbackPath }: Purchase): Promise<Reply> {
  const callbackUrl = `${stage.sandboxUrl}${callbackPath}`;
  return (await stage.client()).post('/capi/v1/client/order/fulfillment', { orderId, callbackUrl });
}

/** Begins the payment: the charge is asked for, or the buyer opens the address. */
export async function begin(stage: Stage, purchase: Purchase): Promise<void> {
  await askToPay(stage, purchase);
  await settle(stage);
}

export async function askToPay(stage: Stage, purchase: Purchase): Promise<void> {
  if (purchase.way.flow === 'direct') await completeByApi(stage, purchase);
  else await purchase.buyer.open(purchase.url);
}

/** An order whose payment is under way at the provider. */
export async function paying(stage: Stage, way: Way, wanted: Wanted = {}): Promise<Purchase> {
  const purchase = await order(stage, way, wanted);
  await begin(stage, purchase);
  assert.equal((await booksOf(stage, purchase)).state, 'paying');
  return purchase;
}

export function booksOf(stage: Stage, { orderId }: Purchase): Promise<Books> {
  return readBooks(stage, orderId);
}

export async function lastAttempt(stage: Stage, purchase: Purchase): Promise<AttemptBook> {
  const attempt = (await booksOf(stage, purchase)).attempts.at(-1);
  assert.ok(attempt, 'there is an attempt');
  return attempt;
}

/** What the provider has of an attempt. */
export async function chargeOf(stage: Stage, { reference }: AttemptBook): Promise<Charge | undefined> {
  const path = `/payments?reference=${encodeURIComponent(reference)}`;
  return (await stage.control<{ payments: Charge[] }>('GET', path)).payments[0];
}

/** The buyer decides about the last attempt, or another one; false where the provider takes no decision. */
export async function decide(
  stage: Stage,
  purchase: Purchase,
  decision: Decision,
  attempt?: AttemptBook,
): Promise<boolean> {
  const charge = await chargeOf(stage, attempt ?? (await lastAttempt(stage, purchase)));
  if (!charge) return false;
  const path = `${stage.sandboxUrl}/control/payments/${encodeURIComponent(charge.id)}/${decision}`;
  const { status } = await fetch(path, { method: 'POST' });
  assert.ok(status === 200 || status === 409, `the sandbox answered ${status}`);
  return status === 200;
}

/** The buyer comes back to the address of the attempt, which makes us ask. */
export async function comeBack(stage: Stage, purchase: Purchase, attempt?: AttemptBook): Promise<void> {
  const { notice_token } = attempt ?? (await lastAttempt(stage, purchase));
  const back = await purchase.buyer.open(`/user/fulfillment/back/${notice_token}`);
  assert.equal(back.status, 303, back.html);
  await settle(stage);
}

/** Approves, and comes back where there is a screen. */
export async function pay(stage: Stage, purchase: Purchase): Promise<void> {
  assert.ok(await decide(stage, purchase, 'approve'), 'the buyer can approve');
  if (purchase.way.flow === 'browser') await comeBack(stage, purchase);
  await settle(stage);
}

/** Lets time pass until the order is in a state, at most so many seconds. */
export async function reach(stage: Stage, purchase: Purchase, state: string, seconds = 300): Promise<void> {
  let books = await booksOf(stage, purchase);
  for (let [passed, step] = [0, 15]; books.state !== state && passed < seconds; passed += step) {
    step = Math.min(step * 2, 900);
    await pass(stage, step);
    books = await booksOf(stage, purchase);
  }
  const seen = books.attempts.map((one) => `${one.state} (${one.reason})`).join(', ');
  assert.equal(books.state, state, `order ${purchase.orderId}, whose attempts are ${seen || 'none'}`);
}

/** An order that was paid, with what it captures at once. */
export async function paid(stage: Stage, way: Way, wanted: Wanted = {}): Promise<Purchase> {
  const purchase = await paying(stage, way, wanted);
  await pay(stage, purchase);
  await reach(stage, purchase, 'completed');
  await pass(stage, 60);
  return purchase;
}

/** A person finds out what became of the money, and says so. */
export async function resolveCase(
  stage: Stage,
  purchase: Purchase,
  outcome: string,
  kind?: string,
): Promise<void> {
  const open = (await booksOf(stage, purchase)).cases.find(
    (one) => one.state === 'open' && (kind === undefined || one.kind === kind),
  );
  assert.ok(open, 'there is an open case');
  const path = `/capi/v1/client/cases/${open.case_id}/resolve`;
  const reply = await (await stage.client()).post(path, { outcome, evidence: 'a statement of the provider' });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  await settle(stage);
}
