import type { LinkRow } from './find-login-link.ts';

/**
 * Why nobody can log in by a link though it is neither spent nor expired; the word that `errorUrl` is given.
 */
export type ClosedReason = 'order_stopped' | 'account_closed' | 'link_ended';

export function closedReasonOf(
  link: Pick<LinkRow, 'order_state' | 'account_state' | 'is_ended'>,
): ClosedReason | undefined {
  if (link.is_ended) return 'link_ended';
  if (link.account_state === 'closed') return 'account_closed';
  return link.order_state === 'stopped' ? 'order_stopped' : undefined;
}
