import type { ProviderMoney } from '../port/provider-answer.ts';
import { type Move, standOf } from './word-beside-moves.ts';

/**
 * How much of what a person says to have given back is outside the provider, so that its totals will never
 * tell of it. Refunds that are booked beyond those of ours that were done, or may be, were made at the
 * provider by somebody: by the person, as far as they reach.
 */
export function manualPart(saidMinor: number, refundedMinor: number, others: readonly Move[]): number {
  const ours = others.filter(({ kind }) => kind === 'refund').filter(isDoneOrMayBe);
  const oursMinor = ours.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  return Math.max(0, saidMinor - Math.max(0, refundedMinor - oursMinor));
}

function isDoneOrMayBe(move: Move): boolean {
  const stand = standOf(move);
  return stand === 'done' || stand === 'at the provider';
}

/**
 * What the provider tells, and at least our own sums. A release gives up what is left when it is done, and no
 * more: what was taken since it was written is not released.
 */
export function atLeast(told: ProviderMoney, sums: ProviderMoney): ProviderMoney {
  const authorizedMinor = Math.max(told.authorizedMinor, sums.authorizedMinor);
  const capturedMinor = Math.max(told.capturedMinor, sums.capturedMinor);
  const releasedMinor = Math.min(sums.cancelledMinor, Math.max(0, authorizedMinor - capturedMinor));
  return {
    authorizedMinor,
    capturedMinor,
    refundedMinor: Math.max(told.refundedMinor, sums.refundedMinor),
    cancelledMinor: Math.max(told.cancelledMinor, releasedMinor),
  };
}
