import { sql } from '../database/statement.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { OrderEvent } from '../orders/order.ts';
import { type AskContext, askAttemptById } from './ask-attempt.ts';
import { findBrowserPayment } from './find-browser-payment.ts';
import { isOpen, type PaymentEvent } from './payment.ts';

const askCancel = sql(
  'orders.giveUp',
  `UPDATE orders SET cancel_asked_at = leveret_now()
   WHERE publisher_id = $1 AND order_id = $2 AND state = 'paying' AND cancel_asked_at IS NULL
   RETURNING order_id`,
);

/**
 * The buyer gives up an order that is being paid: it is cancelled, as soon as the provider has ended the try
 * under way. Money that comes anyway is given back. An order that is not being paid stays as it is.
 */
export async function giveUpPayment(
  context: AskContext,
  about: { publisherId: PublisherId; orderId: OrderId },
): Promise<void> {
  const { publisherId, orderId } = about;
  await context.database.transaction('give-up', async (transaction) => {
    const asked = await transaction.query(askCancel, [publisherId, orderId]);
    if (asked.length > 0) await transaction.report<OrderEvent>([{ name: 'cancel asked', ...about }]);
  });
  const last = await findBrowserPayment(context.database, publisherId, orderId);
  if (last && isOpen(last.state)) {
    await askAttemptById(context, publisherId, last.attemptId, { givesUp: true });
  } else if (last) {
    await context.database.transaction('given-up', (transaction) =>
      transaction.report<PaymentEvent>([{ name: 'payment failed', ...about, reason: 'given up' }]),
    );
  }
}
