import type { OrderState } from '../orders/order.ts';
import type { AccountState } from './account.ts';

/** What decides whether a client may give an order to another address. */
export type CorrectedOrder = {
  state: OrderState;
  /** Of the account that the order is tied to. */
  accountState: AccountState | undefined;
  /** The account that the new address stands for is closed. */
  isNewClosed: boolean;
  /** The publisher has named an address, or tied the order to one. */
  isNamed: boolean;
  /** A link of the order has been used, or an address that holds its access was proven by any reader. */
  isProven: boolean;
  /** Some of its access belongs to an account that the order is not tied to. */
  isAnothers: boolean;
};

export type CorrectionRefusal =
  | 'order_is_stopped'
  | 'account_is_closed'
  | 'credential_is_proven'
  | 'already_assigned'
  | 'order_is_not_completed';

/**
 * Nothing is taken from somebody who has proven an address: only what waits at an address that nobody has
 * shown to be theirs may be given to another. An order that nobody was named for has nothing to correct.
 */
export function refusalOfCorrection(order: CorrectedOrder): CorrectionRefusal | undefined {
  if (order.state === 'stopped') return 'order_is_stopped';
  if (order.accountState === 'closed' || order.isNewClosed) return 'account_is_closed';
  if (order.accountState === 'active' || order.isProven) return 'credential_is_proven';
  if (order.isAnothers) return 'already_assigned';
  if (order.state !== 'completed' && !order.isNamed) return 'order_is_not_completed';
  return undefined;
}
