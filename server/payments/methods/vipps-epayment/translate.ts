import type { BuyerReason } from '../../buyer-step.ts';
import type { Evidence } from '../../port/provider-answer.ts';

type Meaning = Pick<Evidence, 'meaning' | 'reason'>;

/**
 * What the state of a payment says. It stays AUTHORIZED when money is captured, cancelled or given back: the
 * sums tell that. Source: ePayment API, "Payment states".
 */
const states: Readonly<Record<string, Meaning>> = {
  CREATED: { meaning: 'pending' },
  AUTHORIZED: { meaning: 'secured' },
  ABORTED: { meaning: 'aborted', reason: 'cancelled' },
  EXPIRED: { meaning: 'expired', reason: 'timed out' },
  TERMINATED: { meaning: 'aborted', reason: 'cancelled' },
};

export function meaningOfState(state: string): Meaning {
  return states[state] ?? { meaning: 'unknown' };
}

/** Something stands under our reference or key already: asking tells what. Source: ePayment API, "Errors". */
export function isTaken(status: number, code: string): boolean {
  return status === 409 || code === '4020' || code === '4150';
}

/**
 * Not done, and the same call may succeed later. A refusal else stays with its key; this code alone is
 * documented as repeatable. Source: ePayment API, "Errors".
 */
export function isRepeatable(code: string): boolean {
  return code === '6280';
}

/** Not done while another operation is at work: a call under a new key may succeed later. */
export function isBusy(code: string): boolean {
  return code === '6160' || code === '6250';
}

/** The sales unit has no approval to ask in the app of a buyer who is elsewhere. */
export function isPushRefused(code: string): boolean {
  return code === '5080';
}

/** Cancelling what is not paid yet came too late: authorized, captured, or already reserved. */
export function isSecuredAlready(code: string): boolean {
  return code === '6060' || code === '6040' || code === '6230';
}

/**
 * What the buyer is told of a refused payment: no user who may pay stands behind the number (nobody learns
 * which of number and age it was); what the merchant has to mend may be tried later.
 */
export function reasonOfCode(code: string): BuyerReason {
  if (code === '7010' || code === '4070') return 'not eligible';
  if (code === '6010') return 'declined';
  return 'try again later';
}
