import type { OrderId, PublisherId } from '../kit/ids.ts';

export type MessageState = 'waiting' | 'accepted' | 'delivered' | 'unknown' | 'failed';

/** Which states may follow each; the database holds the same edges in a trigger. */
export const messageTransitions: Record<MessageState, readonly MessageState[]> = {
  waiting: ['accepted', 'unknown', 'failed', 'delivered'],
  unknown: ['accepted', 'delivered', 'failed'],
  accepted: ['delivered', 'failed'],
  delivered: [],
  failed: ['delivered'],
};

export type MessageEvent =
  | {
      name: 'message queued';
      publisherId: PublisherId;
      orderId?: OrderId;
      messageId: number;
      channel: 'sms' | 'email';
    }
  | { name: 'message failed'; publisherId: PublisherId; orderId?: OrderId; messageId: number };
