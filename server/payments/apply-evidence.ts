import type { Transaction } from '../database/transaction.ts';
import { type AttemptRow, lockAttempt, lockOrder, type OrderToPay } from './attempts-store.ts';
import { moveAttempt } from './move-attempt.ts';
import { insertOutcome } from './outcomes-store.ts';
import { type AttemptState, orderOf, type PaymentEvent } from './payment.ts';
import type { ReceivedEvidence } from './received-evidence.ts';
import { type Weighed, weighEvidence } from './weigh-evidence.ts';

/**
 * Applies one piece of evidence under the locks of order and attempt, always in that order. Every piece is
 * stored; it moves the attempt only forward. What it means for the order follows from the reported events.
 */
export async function applyEvidence(
  context: { secrets: { sealing: Buffer } },
  transaction: Transaction,
  received: ReceivedEvidence,
): Promise<void> {
  const order = await lockOrder(transaction, received.publisherId, received.orderId);
  const attempt = await lockAttempt(transaction, received.publisherId, received.attemptId);
  if (!order || !attempt) throw new Error('evidence arrived for an attempt that does not exist');
  const { meaning } = received.evidence;
  const { target, isApplied } = weighEvidence(attempt, received.evidence);
  await insertOutcome(context, transaction, received, { isApplied, carriesMoney: meaning === 'secured' });
  if (isApplied) await moveAttempt(transaction, attempt, order, target, received.evidence);
  await transaction.report(eventsOf(order, attempt, { target, isApplied }, received));
}

function eventsOf(
  order: OrderToPay,
  attempt: AttemptRow,
  { target, isApplied }: Weighed,
  { evidence, isGivenBack = false }: ReceivedEvidence,
): PaymentEvent[] {
  const about = {
    ...orderOf({ publisherId: order.publisher_id, orderId: order.order_id }),
    attemptId: attempt.attempt_id,
  };
  const reason = evidence.code ?? evidence.meaning;
  const unresolved: PaymentEvent[] =
    evidence.isUnresolvable && attempt.state !== 'secured' && isOpen(isApplied ? target : attempt.state)
      ? [{ name: 'attempt unresolved', ...about, reason }]
      : [];
  if (!isApplied) return unresolved;
  const isReturned = isGivenBack && target === 'secured';
  const settled: PaymentEvent[] = isOpen(target) ? [] : [{ name: 'attempt settled', ...about }];
  const outcome: PaymentEvent[] = isReturned
    ? [{ name: 'payment failed', ...about, reason: 'given back' }]
    : outcomeEvents(order, about, target, reason);
  return [...settled, ...unresolved, ...outcome];
}

type OfAttempt = ReturnType<typeof orderOf> & { attemptId: number };

function outcomeEvents(
  order: OrderToPay,
  about: OfAttempt,
  target: AttemptState,
  reason: string,
): PaymentEvent[] {
  switch (target) {
    case 'pending':
      return [{ name: 'payment pending', ...about }];
    case 'unknown':
      return [{ name: 'payment unknown', ...about }];
    case 'secured':
      return securedEvents(order, about);
    case 'declined':
    case 'aborted':
    case 'expired':
      return [{ name: 'attempt ended without money', ...about, reason }];
    case 'created':
    case 'sent':
    case 'discarded':
      return [];
  }
}

/** Money is never ignored and never kept twice: what it does depends on where the order stands. */
function securedEvents(order: OrderToPay, about: OfAttempt): PaymentEvent[] {
  switch (order.state) {
    case 'registered':
    case 'paying':
      return order.is_cancel_asked
        ? [
            { name: 'payment failed', ...about, reason: 'cancelled' },
            { name: 'give-back due', ...about },
          ]
        : [{ name: 'payment secured', ...about, by: 'attempt' }];
    case 'completed':
      return [{ name: 'surplus money', ...about }];
    case 'stopped':
      return [{ name: 'late money', ...about }];
  }
}

function isOpen(state: AttemptState): boolean {
  return state === 'created' || state === 'sent' || state === 'pending' || state === 'unknown';
}
