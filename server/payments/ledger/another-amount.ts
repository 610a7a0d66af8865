import { type AttemptState, isOpen, type Purpose } from '../payment.ts';
import type { Evidence, ProviderMoney } from '../port/provider-answer.ts';
import type { OrderStands } from './evidence-events.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

/** Why a person is to look at money that was secured. */
export const anotherAmount = 'another amount';

/** Whether another amount was secured than is owed, where it is told. What went back since does not count. */
export function isAnotherAmount(owedMinor: number, money: ProviderMoney | undefined): boolean {
  return money !== undefined && Math.max(money.authorizedMinor, money.capturedMinor) !== owedMinor;
}

export type WhoseMoney = {
  purpose: Purpose;
  order: OrderStands | undefined;
  /** The attempt's, before the evidence. */
  state: AttemptState;
  owedMinor: number;
};

/**
 * Evidence as it counts. Another amount than an order costs does not pay it: where the attempt is open, its
 * money is booked and a person is asked, as for an attempt that nobody can resolve, until the provider tells
 * of the right amount or the person accepts it. Whoever is a person has looked.
 */
export function countAmount(
  { purpose, order, state, owedMinor }: WhoseMoney,
  { source, evidence }: Pick<ReceivedEvidence, 'source' | 'evidence'>,
): Evidence {
  if (evidence.meaning !== 'secured' || source === 'person' || purpose !== 'order') return evidence;
  const awaits = order?.state === 'registered' || order?.state === 'paying';
  if (!awaits || order.isCancelAsked || !isOpen(state)) return evidence;
  if (!isAnotherAmount(owedMinor, evidence.money)) return evidence;
  return { ...evidence, meaning: 'unknown', code: anotherAmount, isUnresolvable: true };
}
