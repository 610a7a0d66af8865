import { type AttemptMoney, canRelease } from './attempt-money.ts';
import type { OperationRow } from './operations-store.ts';

/** Why an operation is not called now. */
export type Obstacle =
  | { kind: 'nothing to do' }
  /** A release that is wanted again when the rest is taken. */
  | { kind: 'waits' }
  | { kind: 'not yet'; seconds: number; reason: string }
  /** Never, by this reference. */
  | { kind: 'refused'; code: string };

const secondsForCapture = 15;

/**
 * What stands in the way of an operation, by the money of its attempt: a release waits until nothing else is
 * to be taken, and a refund until so much is captured and not given back. One that was called goes on.
 */
export function findObstacle(
  operation: Pick<OperationRow, 'kind' | 'state' | 'amount_minor' | 'seconds_left'>,
  money: AttemptMoney,
): Obstacle | undefined {
  const { kind, state, amount_minor: amountMinor, seconds_left: seconds } = operation;
  if (state === 'sent' || state === 'unknown') return undefined;
  if (state !== 'created') return { kind: 'nothing to do' };
  if (seconds > 0) return { kind: 'not yet', seconds, reason: 'planned for later' };
  if (kind === 'cancel') return canRelease(money) ? undefined : { kind: 'waits' };
  if (kind === 'capture' || money.captured - money.refunded >= amountMinor) return undefined;
  return money.capturing > 0
    ? { kind: 'not yet', seconds: secondsForCapture, reason: 'the capture is under way' }
    : { kind: 'refused', code: 'not captured' };
}
