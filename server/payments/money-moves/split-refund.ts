import { type AttemptMoney, freeToRefund, freeToRelease } from './attempt-money.ts';

/** How much of one attempt goes back, and how: released where it is only reserved, else refunded. */
export type Share = { money: AttemptMoney; releaseMinor: number; refundMinor: number };

/** All that could go back of these attempts, in minor units. */
export function mostToRefund(attempts: readonly AttemptMoney[]): number {
  return attempts.reduce((sum, money) => sum + freeToRelease(money) + freeToRefund(money), 0);
}

/**
 * Shares an amount among attempts, the oldest first. Of it, `releaseMinor` is released as far as so much is
 * only reserved, and the rest refunded; where that is not enough, more is released. Answers nothing where
 * the attempts have less than the amount.
 */
export function splitRefund(
  attempts: readonly AttemptMoney[],
  amountMinor: number,
  releaseMinor: number,
): Share[] | undefined {
  let left = amountMinor;
  let toRelease = releaseMinor;
  const shares = attempts.map((money) => {
    const share = shareOf(money, left, toRelease);
    left -= share.releaseMinor + share.refundMinor;
    toRelease -= Math.min(toRelease, share.releaseMinor);
    return share;
  });
  return left > 0 ? undefined : shares.filter((share) => share.releaseMinor + share.refundMinor > 0);
}

function shareOf(money: AttemptMoney, amountMinor: number, releaseMinor: number): Share {
  const wantedMinor = Math.min(freeToRelease(money), releaseMinor, amountMinor);
  const refundMinor = Math.min(freeToRefund(money), amountMinor - wantedMinor);
  return { money, releaseMinor: Math.min(freeToRelease(money), amountMinor - refundMinor), refundMinor };
}
