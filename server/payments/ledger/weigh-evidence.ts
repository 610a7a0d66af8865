import { type AttemptState, attemptTransitions } from '../payment.ts';
import type { Evidence, ProviderMoney } from '../port/provider-answer.ts';
import type { ReceivedEvidence } from './received-evidence.ts';

const stateOf: Record<Evidence['meaning'], AttemptState> = {
  pending: 'pending',
  unknown: 'unknown',
  secured: 'secured',
  declined: 'declined',
  aborted: 'aborted',
  expired: 'expired',
  not_sent: 'discarded',
};

export type KnownAttempt = { state: AttemptState; is_unresolvable: boolean };
export type Weighed = { target: AttemptState; isApplied: boolean };

/**
 * Says where evidence leads, and whether it says more than what is known, so that reports in any order end
 * alike: a lost answer says less than any report, and that the provider cannot tell for good says more than
 * that it is still at work.
 */
export function weighEvidence(attempt: KnownAttempt, evidence: Evidence): Weighed {
  const target = stateOf[evidence.meaning];
  const isMove = attemptTransitions[attempt.state].includes(target);
  return { target, isApplied: isMove ? saysMore(attempt, evidence) : isFirstFinalDoubt(attempt, evidence) };
}

/** What is booked of an attempt, each in all so far, and what a person was told of it. */
export type KnownMoney = {
  state: AttemptState;
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
  /** Of what was refunded, what a person gave back outside the provider. */
  refunded_manually: number;
  attention: Evidence['attention'] | null;
};

/**
 * Whether an answer that moves nothing need not be kept: that the provider is at work, or, asked once more,
 * just what is known. What differs from it in anything, less money too, is kept.
 */
export function saysNothing(
  known: KnownMoney,
  { source, evidence }: Pick<ReceivedEvidence, 'source' | 'evidence'>,
  money: ProviderMoney | undefined,
): boolean {
  if (evidence.meaning === 'pending') return true;
  if (source !== 'question' || evidence.meaning !== 'secured' || known.state !== 'secured') return false;
  return (
    money !== undefined &&
    money.authorizedMinor === known.authorized &&
    money.capturedMinor === known.captured &&
    money.refundedMinor === known.refunded - known.refunded_manually &&
    money.cancelledMinor === known.cancelled &&
    (evidence.attention ?? null) === known.attention
  );
}

function saysMore(attempt: KnownAttempt, evidence: Evidence): boolean {
  if (evidence.meaning === 'pending') return !attempt.is_unresolvable;
  if (evidence.meaning === 'unknown' && attempt.state === 'pending') return evidence.isUnresolvable === true;
  return true;
}

/** The state stays `unknown`, but from now on the provider is known to know no more. */
function isFirstFinalDoubt(attempt: KnownAttempt, evidence: Evidence): boolean {
  return attempt.state === 'unknown' && evidence.isUnresolvable === true && !attempt.is_unresolvable;
}
