import { resultGoodForSeconds } from '../../orders/payment-result.ts';
import type { AttemptState, Purpose } from '../payment.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';

/**
 * A result is signed for 24 hours. Ten minutes later no registration that was begun in time can still be on
 * its way; what no order that stands has taken by then goes back.
 */
export const takenWithinSeconds = resultGoodForSeconds + 600;

/** So long a person's answer about a payment is let be. */
export const answerStandsSeconds = 86_400;

/** What is known of a payment that may be nobody's. */
export type HeldPayment = {
  purpose: Purpose;
  hasOrder: boolean;
  state: AttemptState;
  money: ProviderMoney;
  /** Since it came to its state; nothing while it is open. */
  endedSecondsAgo: number | undefined;
  /** A capture, release or refund that has not come to an end, or waits for a person. */
  isUnderWay: boolean;
  hasOpenCase: boolean;
  /** Since a person answered the last case about it; nothing where there was none. */
  answeredSecondsAgo: number | undefined;
};

/**
 * Whether a payment is left: no order took it in time, its money is still held, nothing is under way with it,
 * and no person is to look at it, or has within a day. Money that is held decides, not what was done about it
 * before: what failed, and was let be, is done again a day later, and what the provider took meanwhile goes
 * back too.
 */
export function isLeft(held: HeldPayment): boolean {
  const { purpose, hasOrder, state, money, endedSecondsAgo, answeredSecondsAgo = Infinity } = held;
  if (purpose !== 'order' || hasOrder || state !== 'secured' || !isHeld(money)) return false;
  if (endedSecondsAgo === undefined || endedSecondsAgo < takenWithinSeconds) return false;
  return !held.isUnderWay && !held.hasOpenCase && answeredSecondsAgo >= answerStandsSeconds;
}

/** Reserved or taken, and neither given up nor given back. */
function isHeld({ authorizedMinor, capturedMinor, refundedMinor, cancelledMinor }: ProviderMoney): boolean {
  return authorizedMinor > capturedMinor + cancelledMinor || capturedMinor > refundedMinor;
}
