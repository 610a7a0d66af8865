import type { AttentionNeeded } from '../cases/case.ts';
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

/**
 * Why somebody is written to: an order completed, a client asked for it, a client sends again what did not
 * help, a reader asked by a link or a known browser, somebody did who may be a stranger, or the owner is told
 * something.
 */
export type MessageCause = 'order' | 'client' | 'support' | 'reader' | 'stranger' | 'owner';

/** Why a message is not sent as it was wanted. */
export type WithheldReason =
  | 'sms_country_not_allowed'
  | 'sms_per_day_reached'
  /** Of strangers: the numbers around this one have had their share. */
  | 'sms_share_reached'
  | 'messages_per_recipient_reached'
  | 'messages_per_order_reached';

type OfLink = { publisherId: PublisherId; orderId?: OrderId; linkId: number; reason: WithheldReason };

export type MessageEvent =
  /** The reader is to be written to at an e-mail address that is known. */
  | ({ name: 'message moved to email' } & OfLink)
  | ({ name: 'message held' } & OfLink)
  /** A paid order has a receipt, and nobody to send it to. */
  | { name: 'receipt not sent'; publisherId: PublisherId; orderId: OrderId; reason: 'no_email_known' }
  /** Nobody is written to until a person has looked. */
  | AttentionNeeded<'message withheld', OfLink & { orderId: OrderId }>
  /**
   * What strangers may cost in a day is used up, or the share of it that goes to numbers which begin with
   * `numbers`; `sms` of `most` were sent to them.
   */
  | {
      name: 'strangers sms used up';
      publisherId: PublisherId;
      numbers?: string;
      sms: number;
      most: number;
    }
  | { name: 'sms ceiling near'; publisherId: PublisherId; sms: number; smsPerDay: number }
  | {
      name: 'message queued';
      publisherId: PublisherId;
      orderId?: OrderId;
      messageId: number;
      channel: 'sms' | 'email';
      /** It goes out later, and at once where nothing is said. */
      afterSeconds?: number;
    }
  /** It was refused, bounced, or could not be sent; `reason` is made of codes. */
  | {
      name: 'message failed';
      publisherId: PublisherId;
      orderId?: OrderId;
      messageId: number;
      linkId?: number;
      channel: 'sms' | 'email';
      reason: string;
    };
