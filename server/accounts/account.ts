import type { AccountId, OrderId, PublisherId } from '../kit/ids.ts';

export const accountStates = ['pending', 'active', 'closed'] as const;
export type AccountState = (typeof accountStates)[number];

/** Which states may follow each; the database holds the same edges in a trigger. */
export const accountTransitions: Record<AccountState, readonly AccountState[]> = {
  pending: ['active', 'closed'],
  active: ['closed'],
  closed: [],
};

export type AccountEvent =
  | {
      name: 'login link issued';
      publisherId: PublisherId;
      orderId?: OrderId;
      linkId: number;
      channel: 'sms' | 'email';
    }
  | { name: 'login link spent'; publisherId: PublisherId; orderId?: OrderId; linkId: number }
  | {
      name: 'user assigned';
      publisherId: PublisherId;
      orderId: OrderId;
      accountId: AccountId;
      by: 'client' | 'reader' | 'staff';
    };
