import type { AttentionNeeded } from '../cases/case.ts';
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
  /** To another address of the reader, instead of one that is not written to or cannot be reached. */
  | {
      name: 'login link moved';
      publisherId: PublisherId;
      orderId?: OrderId;
      linkId: number;
      channel: 'sms' | 'email';
    }
  /** A client, told by its id, has given an order to another address; `credential` is that one, masked. */
  | {
      name: 'credential corrected';
      publisherId: PublisherId;
      orderId: OrderId;
      correctedBy: string;
      credential: string;
      endedLinks: number;
    }
  /** Nobody has logged in by it, and its message did not arrive; a person is to look. */
  | AttentionNeeded<
      'link undelivered',
      {
        publisherId: PublisherId;
        orderId: OrderId;
        linkId: number;
        channel: 'sms' | 'email';
        reason: string;
        /** The reader is written to by this instead. */
        movedTo?: 'sms' | 'email';
      }
    >
  /** Logged out, or another account logged in by the same browser. */
  | { name: 'session ended'; publisherId: PublisherId; accountId: AccountId; sessionUid: string }
  /** A site shows by its id_token that its reader logs out of it; the session may be over. */
  | { name: 'site left'; publisherId: PublisherId; clientId: string; sessionUid: string }
  | { name: 'login link spent'; publisherId: PublisherId; orderId?: OrderId; linkId: number }
  /** By the link its holder begins anew; `accountId` is whose number it was. */
  | {
      name: 'number changed hands';
      publisherId: PublisherId;
      accountId: AccountId;
      newAccountId: AccountId;
      linkId: number;
    }
  | {
      name: 'user assigned';
      publisherId: PublisherId;
      orderId: OrderId;
      accountId: AccountId;
      assignedBy: 'client' | 'reader' | 'staff';
    };
