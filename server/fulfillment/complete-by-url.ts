import type { Queryable } from '../database/statement.ts';
import type { StoppedReason } from '../orders/order.ts';
import { paymentMethodRules } from '../orders/payment-methods.ts';
import type { Client } from '../publishers/publisher.ts';
import type { CompleteLane } from './complete-by-api.ts';
import { findVisitedOrder, type VisitedOrder } from './find-visited-order.ts';

/** What a buyer meets at the fulfillment address of an order. */
export type Visit =
  | { kind: 'done' }
  | { kind: 'stopped'; reason: StoppedReason }
  /** A payment is open; its outcome is not known yet. */
  | { kind: 'waiting' }
  | { kind: 'refused'; reason: 'sms' | 'other' | 'not-configured' };

export type VisitDecision = Visit | { kind: 'complete' };

/** Decides what opening the address means for an order. Only what owes nothing any more completes at once. */
export function decideVisit(order: VisitedOrder): VisitDecision {
  switch (order.state) {
    case 'completed':
      return { kind: 'done' };
    case 'stopped':
      return { kind: 'stopped', reason: order.stoppedReason ?? 'expired' };
    case 'paying':
      return { kind: 'waiting' };
    case 'registered':
      return decideRegistered(order);
  }
}

function decideRegistered({ paymentMethod, prepaid, amountMinor }: VisitedOrder): VisitDecision {
  if (paymentMethod === undefined) return { kind: 'refused', reason: 'not-configured' };
  if (prepaid) return { kind: 'complete' };
  if (paymentMethod === 'sms' || paymentMethod === 'other') return { kind: 'refused', reason: paymentMethod };
  if (paymentMethodRules[paymentMethod].completesUnpaid || amountMinor === 0) return { kind: 'complete' };
  return { kind: 'refused', reason: 'not-configured' };
}

export type ReturnWishes = { returnUrl: string | undefined; errorUrl: string | undefined };

/**
 * Completes an order whose buyer opened its address, where nothing is owed any more, and answers what the
 * buyer meets. Opening it again, or 64 times at once, completes it once.
 */
export async function completeByUrl(
  context: { database: Queryable; completeOrder: CompleteLane },
  order: VisitedOrder,
  client: Client,
  wishes: ReturnWishes,
): Promise<Visit> {
  const decision = decideVisit(order);
  if (decision.kind !== 'complete') return decision;
  const nothingElse = { callbackUrl: undefined, credential: undefined, linkLifetimeSeconds: undefined };
  await context.completeOrder({
    client,
    orderId: order.orderId,
    wishes: { ...nothingElse, ...wishes },
  });
  const after = await findVisitedOrder(context.database, order.orderId);
  const outcome = after && decideVisit(after);
  if (!outcome || outcome.kind === 'complete') throw new Error('an order that can complete did not');
  return outcome;
}
