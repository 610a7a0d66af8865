import type { FoundAttempt } from '../ledger/find-attempt.ts';

type Asked = Pick<FoundAttempt, 'flow' | 'state' | 'windowSecondsLeft'>;

/**
 * Whether a charge that the provider never had is made again, with the same reference: only where the
 * provider takes a reference once, and never for a buyer who gives up or whose window is over.
 */
export function mayChargeAgain(
  { flow, state, windowSecondsLeft }: Asked,
  { givesUp, chargeRepeats }: { givesUp: boolean; chargeRepeats: boolean },
): boolean {
  const isLost = flow === 'direct' && (state === 'sent' || state === 'unknown');
  return isLost && !givesUp && windowSecondsLeft >= 1 && chargeRepeats;
}
