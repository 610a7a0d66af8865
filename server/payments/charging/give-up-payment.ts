import { sql } from '../../database/statement.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { isOpen, type PaymentEvent } from '../payment.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import { findBrowserPayment } from './find-browser-payment.ts';

const askCancel = sql(
  'orders.giveUp',
  `UPDATE orders SET cancel_asked_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND order_id = $2 AND state = ANY ($3::text[]) AND cancel_asked_at IS NULL
   RETURNING state`,
);

/**
 * The buyer gives up: an order that is being paid is cancelled as soon as the provider has ended the try
 * under way, and money that comes anyway is given back. One that no payment was begun for is cancelled at
 * once where `endsUnbegun`, and else stays as it is.
 */
export async function giveUpPayment(
  context: AskContext,
  about: { publisherId: PublisherId; orderId: OrderId },
  { endsUnbegun }: { endsUnbegun: boolean },
): Promise<void> {
  const { publisherId, orderId } = about;
  const states = endsUnbegun ? ['registered', 'paying'] : ['paying'];
  await context.database.transaction('give-up', async (transaction) => {
    const [asked] = await transaction.query<{ state: string }>(askCancel, [publisherId, orderId, states]);
    if (asked?.state === 'paying') {
      await transaction.report<OrderEvent>([{ name: 'cancel asked', ...about }]);
    } else if (asked) {
      await transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: 'given up' }]);
    }
  });
  const last = await findBrowserPayment(context.database, publisherId, orderId);
  if (!last) return;
  const wasOpen = isOpen(last.state);
  const state = wasOpen
    ? await askAttemptById(context, publisherId, last.attemptId, { givesUp: true })
    : last.state;
  // What was dropped without a word of the provider ends no order by itself.
  if (!wasOpen || state === 'discarded') {
    await context.database.transaction('given-up', (transaction) =>
      transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: 'given up' }]),
    );
  }
}

/** Ends the try under way where it is this guest's own. */
export async function giveUpTry(
  context: AskContext,
  { publisherId, orderId }: { publisherId: PublisherId; orderId: OrderId },
  guestId: string,
): Promise<void> {
  const last = await findBrowserPayment(context.database, publisherId, orderId);
  if (!last || last.guestId !== guestId || !isOpen(last.state)) return;
  await askAttemptById(context, publisherId, last.attemptId, { givesUp: true });
}
