import type { Transaction } from '../database/transaction.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { type AttemptRow, lockAttempt, lockOrder, type OrderToPay } from './attempts-store.ts';
import { bookMoney } from './book-money.ts';
import { findAdapter } from './find-method.ts';
import { moveAttempt } from './move-attempt.ts';
import { noteBeside } from './note-beside.ts';
import { insertOutcome } from './outcomes-store.ts';
import { type AttemptState, isOpen, orderOf, type PaymentEvent } from './payment.ts';
import type { Evidence, ProviderMoney } from './port/provider-answer.ts';
import type { ReceivedEvidence } from './received-evidence.ts';
import { type Weighed, weighEvidence } from './weigh-evidence.ts';

/**
 * Applies one piece of evidence under the locks of order and attempt, always in that order. It moves the
 * attempt only forward, its money only grows, and what says nothing new is not stored again. What it means
 * for the order follows from the reported events. Answers the state that the attempt is in afterwards.
 */
export async function applyEvidence(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  received: ReceivedEvidence,
): Promise<AttemptState> {
  const order = await lockOrder(transaction, received.publisherId, received.orderId);
  const attempt = await lockAttempt(transaction, received.publisherId, received.attemptId);
  if (!order || !attempt) throw new Error('evidence arrived for an attempt that does not exist');
  const { evidence } = received;
  const weighed = weighEvidence(attempt, evidence);
  if (weighed.isApplied || evidence.meaning !== 'pending') {
    const carriesMoney = evidence.meaning === 'secured';
    await insertOutcome(context, transaction, received, { isApplied: weighed.isApplied, carriesMoney });
  }
  if (weighed.isApplied) await moveAttempt(transaction, attempt, order, weighed.target, evidence);
  const about = aboutOf(order, attempt);
  const noted = await noteBeside(context, transaction, attempt, evidence);
  const money = moneyOf(attempt, evidence);
  if (money) await bookMoney(transaction, about, money);
  await transaction.report([...noted, ...eventsOf(order, attempt, weighed, received)]);
  return weighed.isApplied ? weighed.target : attempt.state;
}

/** Where a provider speaks of no totals, secured means that all of it is reserved, or taken. */
function moneyOf(attempt: AttemptRow, { meaning, money }: Evidence): ProviderMoney | undefined {
  if (money || meaning !== 'secured') return money;
  const isTaken = findAdapter(attempt.adapter)?.money !== 'reserved';
  return {
    authorizedMinor: attempt.amount_minor,
    capturedMinor: isTaken ? attempt.amount_minor : 0,
    refundedMinor: 0,
    cancelledMinor: 0,
  };
}

function eventsOf(
  order: OrderToPay,
  attempt: AttemptRow,
  { target, isApplied }: Weighed,
  { evidence, isGivenBack = false }: ReceivedEvidence,
): PaymentEvent[] {
  const about = aboutOf(order, attempt);
  const reason = evidence.code ?? evidence.meaning;
  const unresolved: PaymentEvent[] =
    evidence.isUnresolvable && attempt.state !== 'secured' && isOpen(isApplied ? target : attempt.state)
      ? [{ name: 'attempt unresolved', ...about, reason }]
      : [];
  if (!isApplied) return unresolved;
  const isReturned = isGivenBack && target === 'secured';
  const { adapter } = attempt;
  const isSecured = target === 'secured';
  const settled: PaymentEvent[] = isOpen(target)
    ? []
    : [{ name: 'attempt settled', ...about, adapter, isSecured }];
  const outcome: PaymentEvent[] = isReturned
    ? [{ name: 'payment failed', ...about, reason: 'given back' }]
    : outcomeEvents(order, about, target, { reason, adapter });
  return [...settled, ...unresolved, ...outcome];
}

function aboutOf(order: OrderToPay, attempt: AttemptRow): OfAttempt {
  return {
    ...orderOf({ publisherId: order.publisher_id, orderId: order.order_id }),
    attemptId: attempt.attempt_id,
  };
}

type OfAttempt = ReturnType<typeof orderOf> & { attemptId: number };

function outcomeEvents(
  order: OrderToPay,
  about: OfAttempt,
  target: AttemptState,
  { reason, adapter }: { reason: string; adapter: string },
): PaymentEvent[] {
  switch (target) {
    case 'pending':
      return [{ name: 'payment pending', ...about, askAfterSeconds: firstQuestionAfter(adapter) }];
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

function firstQuestionAfter(adapter: string): number {
  return findAdapter(adapter)?.askAfterSeconds[0] ?? 0;
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
