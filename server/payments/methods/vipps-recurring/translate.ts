import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';

type Meaning = Pick<Evidence, 'meaning' | 'reason'>;

/** Lines in the app have 45 letters. Source: Recurring API v3, `description` of a charge. */
export const longestDescription = 45;

/**
 * What the status of a charge says. A charge may skip any of them, and what was given back was paid before.
 * Source: Recurring API, "Charge states".
 */
const charges: Readonly<Record<string, Meaning>> = {
  PENDING: { meaning: 'pending' },
  DUE: { meaning: 'pending' },
  PROCESSING: { meaning: 'pending' },
  RESERVED: { meaning: 'secured' },
  CHARGED: { meaning: 'secured' },
  PARTIALLY_CAPTURED: { meaning: 'secured' },
  PARTIALLY_REFUNDED: { meaning: 'secured' },
  REFUNDED: { meaning: 'secured' },
  FAILED: { meaning: 'declined' },
  CANCELLED: { meaning: 'aborted', reason: 'cancelled' },
};

/** Why a charge failed. Source: Recurring API, "Retries and failures". */
const failures: Readonly<Record<string, BuyerReason>> = {
  user_action_required: 'declined',
  charge_amount_too_high: 'over the limit',
  non_technical_error: 'not eligible',
  technical_error: 'try again later',
};

export function meaningOfCharge(status: string, failureReason?: string): Meaning {
  const known = charges[status] ?? { meaning: 'unknown' };
  if (known.meaning !== 'declined') return known;
  return { ...known, reason: failures[failureReason ?? ''] ?? 'declined' };
}

/**
 * What the status of an agreement says that is not active: a buyer who says no is told as STOPPED without a
 * start. Source: Recurring API, "Agreement statuses".
 */
const agreements: Readonly<Record<string, Meaning>> = {
  PENDING: { meaning: 'pending' },
  STOPPED: { meaning: 'aborted', reason: 'cancelled' },
  EXPIRED: { meaning: 'expired', reason: 'timed out' },
};

export function meaningOfAgreement(status: string): Meaning {
  return agreements[status] ?? { meaning: 'unknown' };
}

/** Does an agreement still stand? Nothing where it never did or the word is new. */
export function standingOf(status: string): 'active' | 'stopped' | undefined {
  if (status === 'ACTIVE') return 'active';
  return status === 'STOPPED' || status === 'EXPIRED' ? 'stopped' : undefined;
}

/** What the buyer is told of an agreement or a charge that is refused. */
export function reasonOfCode(status: number, code: string): BuyerReason {
  // There is one for an interval, too: `charge-amount-too-high-for-interval`.
  if (code.startsWith('charge-amount-too-high')) return 'over the limit';
  if (status === 404) return 'not eligible';
  return 'try again later';
}
