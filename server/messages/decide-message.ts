import type { PublisherSettings } from '../publishers/publisher-settings.ts';
import type { MessageCause, WithheldReason } from './message.ts';

export type WantedMessage = {
  channel: 'sms' | 'email';
  cause: MessageCause;
  /** ISO 3166-1 alpha-2 of the number; nothing where it belongs to no country, or for an e-mail. */
  country: string | undefined;
  /** An e-mail address of the same reader is known. */
  hasEmail: boolean;
  /** It is about an order, or its reader has one, by which a person comes upon it. */
  hasOrder: boolean;
};

/** Messages that were queued before, this one not among them; those to a recipient within 24 hours. */
export type SentBefore = {
  toRecipientForCause: number;
  ofOrderForCause: number;
  smsOfPublisher: number;
  smsForStrangers: number;
  /** A share of the numbers around this one is used up, by what strangers asked for. */
  isShareUsedUp: boolean;
  smsForSupport: number;
};

export type MessageDecision =
  | { kind: 'send' }
  /** By e-mail, `case` for a person, or not at all; never in silence. */
  | { kind: 'email' | 'case' | 'hold'; reason: WithheldReason };

type Ceilings = Pick<
  PublisherSettings,
  'smsCountries' | 'smsPerDay' | 'messagesPerRecipientPerDay' | 'messagesPerOrder'
>;

/** What strangers may cost of a day's SMS, so that they leave the rest to those who bought something. */
const strangersShare = 0.2;

/** What a client can send again in any case, so that nobody who calls is left without a link. */
const leastForSupport = { toRecipient: 5, ofOrder: 5, sms: 20 };

/** How many SMS of a day's strangers may have sent. */
export function strangersSmsOf({ smsPerDay }: Pick<Ceilings, 'smsPerDay'>): number {
  return Math.ceil(smsPerDay * strangersShare);
}

/**
 * Decides what becomes of a message. The e-mail of a completed order is always sent. Ceilings per recipient
 * and per order count by cause, so that none is used up by another. What must not go by SMS goes by e-mail
 * where the reader has one; else a person is asked, unless somebody only asked at a page.
 */
export function decideMessage(
  wanted: WantedMessage,
  before: SentBefore,
  ceilings: Ceilings,
): MessageDecision {
  const { channel, cause } = wanted;
  if (channel === 'email' && (cause === 'order' || cause === 'owner')) return { kind: 'send' };
  const reason = obstacleOf(wanted, before, ceilings);
  if (reason === undefined) return { kind: 'send' };
  if (channel === 'sms' && wanted.hasEmail) return { kind: 'email', reason };
  // Whoever sends again is told at once why it did not help.
  if (cause === 'support') return { kind: 'hold', reason };
  const wasOnlyAsked = cause === 'reader' || cause === 'stranger';
  const needsPerson = wanted.hasOrder && (!wasOnlyAsked || reason === 'sms_country_not_allowed');
  return { kind: needsPerson ? 'case' : 'hold', reason };
}

function obstacleOf(
  { channel, cause, country }: WantedMessage,
  before: SentBefore,
  ceilings: Ceilings,
): WithheldReason | undefined {
  if (channel === 'sms') {
    const isAllowed = country !== undefined && ceilings.smsCountries.includes(country);
    if (!isAllowed) return 'sms_country_not_allowed';
    const isStrangers = cause === 'stranger';
    const hasSupportLeft = cause === 'support' && before.smsForSupport < leastForSupport.sms;
    if (before.smsOfPublisher >= ceilings.smsPerDay && !hasSupportLeft) return 'sms_per_day_reached';
    if (isStrangers && before.smsForStrangers >= strangersSmsOf(ceilings)) return 'sms_per_day_reached';
    if (isStrangers && before.isShareUsedUp) return 'sms_share_reached';
  }
  const least = cause === 'support' ? leastForSupport : { toRecipient: 0, ofOrder: 0 };
  if (before.toRecipientForCause >= Math.max(ceilings.messagesPerRecipientPerDay, least.toRecipient))
    return 'messages_per_recipient_reached';
  if (before.ofOrderForCause >= Math.max(ceilings.messagesPerOrder, least.ofOrder))
    return 'messages_per_order_reached';
  return undefined;
}

/** Whether an owner is to hear that so many SMS in 24 hours come near the most there may be. */
export function isNearCeiling(smsOfPublisher: number, { smsPerDay }: Pick<Ceilings, 'smsPerDay'>): boolean {
  return smsOfPublisher >= smsPerDay * 0.8;
}
