import type { PublisherSettings } from '../../publishers/publisher-settings.ts';

/** Every code is a message that the publisher pays for. */
const mostOfOrder = 10;

/** Every wrong code is a guess at somebody's phone bill. */
const mostWrong = 5;

/** The codes of the order, those of them that were typed wrong, and all that its mobile got in 24 hours. */
type Sent = { ofOrder: number; wrong: number; toMobile: number };

type Ceilings = Pick<PublisherSettings, 'messagesPerOrder' | 'messagesPerRecipientPerDay'>;

/** How many codes may still be sent for an order, each of which is good for one try. */
export function codesLeft(
  { ofOrder, wrong, toMobile }: Sent,
  { messagesPerOrder, messagesPerRecipientPerDay }: Ceilings,
): number {
  const left = Math.min(
    mostOfOrder - ofOrder,
    messagesPerOrder - ofOrder,
    mostWrong - wrong,
    messagesPerRecipientPerDay - toMobile,
  );
  return Math.max(0, left);
}
