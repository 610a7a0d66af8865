import type { FoundAttempt } from '../ledger/find-attempt.ts';

/** Three times as long as any call that takes money may last. */
export const lostCallSeconds = 30;

/**
 * Whether a charge that its provider does not have may reach it yet: we have hung up, and what was sent is
 * still on its way. Until then nobody is charged in its place.
 */
export function mayStillArrive({ claimedSecondsAgo }: Pick<FoundAttempt, 'claimedSecondsAgo'>): boolean {
  return claimedSecondsAgo !== undefined && claimedSecondsAgo < lostCallSeconds;
}
