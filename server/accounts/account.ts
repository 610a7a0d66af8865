import type { AccountId, OrderId, PublisherId } from '../kit/ids.ts';

export type AccountState = 'pending' | 'active' | 'closed';

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
  /** To an e-mail address of the reader, instead of a number that is not written to. */
  | {
      name: 'login link moved';
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
