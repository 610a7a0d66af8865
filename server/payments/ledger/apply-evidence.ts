import type { Transaction } from '../../database/transaction.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { type AttemptState, isOpen, orderOf, type PaymentEvent, paymentOf } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';
import { countAmount, isAnotherAmount, type WhoseMoney } from './another-amount.ts';
import type { AttemptRow, OrderToPay } from './attempts-store.ts';
import { bookMoney, isBooked } from './book-money.ts';
import { eventsOfEvidence, type Follows, type OrderStands } from './evidence-events.ts';
import { leaveToBuyer } from './leave-to-buyer.ts';
import { type LockedPayment, lockPayment } from './lock-payment.ts';
import { moveAttempt } from './move-attempt.ts';
import { noteBeside, noteInPlace } from './note-beside.ts';
import { insertOutcome } from './outcomes-store.ts';
import type { ReceivedEvidence } from './received-evidence.ts';
import { saysNothing, type Weighed, weighEvidence } from './weigh-evidence.ts';

/**
 * Applies one piece of evidence under the locks of order, payment and attempt. It moves the attempt only
 * forward, its money only grows, and what says nothing new is not stored again. What it means for the order
 * follows from the reported events. Answers the state that the attempt is in afterwards.
 */
export async function applyEvidence(
  context: { secrets: { sealing: SealingKeys } },
  transaction: Transaction,
  told: ReceivedEvidence,
): Promise<AttemptState> {
  const locked = await lockPayment(transaction, told);
  if (!locked) throw new Error('evidence arrived for an attempt that does not exist');
  const { attempt, order } = locked;
  const evidence = countAmount(whoseMoney(locked), told);
  const received = { ...told, evidence };
  const weighed = weighEvidence(attempt, evidence);
  const money = moneyOf(attempt, received);
  if (weighed.isApplied || !saysNothing(attempt, received, money)) {
    const result = { isApplied: weighed.isApplied, carriesMoney: evidence.meaning === 'secured' };
    await insertOutcome(context, transaction, attempt, received, result);
  }
  const payer = order?.mobile_key ?? undefined;
  if (weighed.isApplied) await moveAttempt(transaction, attempt, payer, weighed.target, received);
  else await noteInPlace(transaction, attempt, received);
  if (weighed.isApplied && evidence.needsBuyer) await leaveToBuyer(transaction, attempt);
  const noted = await noteBeside(context, transaction, attempt, evidence);
  // Most evidence repeats what is booked already.
  if (money && !isBooked(attempt, money)) await bookMoney(transaction, received, money);
  await transaction.report([...noted, ...eventsOf(locked, weighed, received)]);
  return weighed.isApplied ? weighed.target : attempt.state;
}

function whoseMoney({ attempt, order }: LockedPayment): WhoseMoney {
  const { purpose, state, amount_minor: owedMinor } = attempt;
  return { purpose, state, owedMinor, order: order && standsOf(order) };
}

function standsOf({ state, is_cancel_asked: isCancelAsked }: OrderToPay): OrderStands {
  return { state, isCancelAsked };
}

/**
 * Where a provider speaks of no totals, secured means that all of it is reserved, or taken. A person who says
 * so of money that is booked accepts as much as there is.
 */
function moneyOf(
  attempt: AttemptRow,
  { source, evidence: { meaning, money } }: ReceivedEvidence,
): ProviderMoney | undefined {
  if (money || meaning !== 'secured') return money;
  if (source === 'person' && attempt.authorized > 0) return undefined;
  const isTaken = findAdapter(attempt.adapter)?.money !== 'reserved';
  return {
    authorizedMinor: attempt.amount_minor,
    capturedMinor: isTaken ? attempt.amount_minor : 0,
    refundedMinor: 0,
    cancelledMinor: 0,
  };
}

function eventsOf(
  locked: LockedPayment,
  { target, isApplied }: Weighed,
  { source, evidence, isRefunded }: ReceivedEvidence,
): PaymentEvent[] {
  const { attempt, order } = locked;
  const about = { ...paymentOf(attempt), attemptId: attempt.attempt_id };
  const reason = evidence.code ?? evidence.meaning;
  const unresolved: PaymentEvent[] =
    evidence.isUnresolvable && isOpen(isApplied ? target : attempt.state)
      ? [{ name: 'attention needed', kind: 'attempt unresolved', ...about, reason }]
      : [];
  if (!isApplied) return unresolved;
  const { adapter } = attempt;
  const isSecured = target === 'secured';
  const settled: PaymentEvent[] = isOpen(target)
    ? []
    : [{ name: 'attempt settled', ...about, adapter, isSecured }];
  const isOther = source !== 'person' && isAnotherAmount(attempt.amount_minor, evidence.money);
  const stands = order && { ...standsOf(order), isAnotherAmount: isOther };
  const names = eventsOfEvidence(attempt.purpose, stands, target, isRefunded);
  const outcome = names.map((name) => eventOf(name, locked, { reason, isRefunded }));
  return [...settled, ...unresolved, ...outcome];
}

function eventOf(
  name: Follows,
  locked: LockedPayment,
  { reason, isRefunded }: { reason: string; isRefunded: boolean | undefined },
): PaymentEvent {
  const { attempt } = locked;
  const about = { ...paymentOf(attempt), attemptId: attempt.attempt_id };
  switch (name) {
    case 'payment pending':
      return { name, ...about, askAfterSeconds: firstQuestionAfter(attempt.adapter) };
    case 'payment unknown':
    case 'give-back due':
    case 'unattached payment secured':
    case 'renewal secured':
    case 'invoice paid':
    case 'method secured':
      return { name, ...about };
    case 'payment secured':
      return { name, ...ofOrder(locked), securedBy: 'attempt' };
    case 'payment failed':
      return { name, ...ofOrder(locked), reason: isRefunded ? 'given back' : 'cancelled' };
    case 'attempt ended without money':
      return { name, ...ofOrder(locked), reason };
    case 'late money':
    case 'surplus money':
      return { name, ...ofOrder(locked) };
  }
}

function ofOrder({ attempt, order }: LockedPayment) {
  if (!order) throw new Error('what follows for an order was reported of a payment that has none');
  const about = orderOf({ publisherId: order.publisher_id, orderId: order.order_id });
  return { ...about, attemptId: attempt.attempt_id };
}

function firstQuestionAfter(adapter: string): number {
  return findAdapter(adapter)?.askAfterSeconds[0] ?? 0;
}
