import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import { Problem } from '../kit/problem.ts';
import type { OrderEvent, OrderState } from './order.ts';
import { stopOrders } from './stop-order.ts';

const lockOrder = sql(
  'orders.lock',
  'SELECT state FROM orders WHERE publisher_id = $1 AND order_id = $2 FOR UPDATE',
);
const askCancel = sql(
  'orders.askCancel',
  `UPDATE orders SET cancel_asked_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND order_id = $2 AND cancel_asked_at IS NULL RETURNING order_id`,
);

export type CancelOutcome = { state: OrderState; isEnded: boolean };

/**
 * Cancels an order that is not completed. While a payment is open that is only recorded: the outcome of
 * the payment decides, and money that comes anyway is given back. So is what comes late for an order that had
 * stopped already.
 */
export async function cancelOrder(
  transaction: Transaction,
  publisherId: PublisherId,
  id: OrderId,
): Promise<CancelOutcome> {
  const [row] = await transaction.query<{ state: OrderState }>(lockOrder, [publisherId, id]);
  if (!row) throw new Problem('not_found');
  switch (row.state) {
    case 'completed':
      throw new Problem('use_refund');
    case 'stopped':
      await transaction.query(askCancel, [publisherId, id]);
      return { state: 'stopped', isEnded: true };
    case 'registered':
      await stopOrders(transaction, [{ publisherId, orderId: id }], 'cancelled', ['registered']);
      return { state: 'stopped', isEnded: true };
    case 'paying':
      await askToCancel(transaction, { publisherId, orderId: id });
      return { state: 'paying', isEnded: false };
  }
}

async function askToCancel(
  transaction: Transaction,
  key: { publisherId: PublisherId; orderId: OrderId },
): Promise<void> {
  const asked = await transaction.query(askCancel, [key.publisherId, key.orderId]);
  if (asked.length > 0) await transaction.report<OrderEvent>([{ name: 'cancel asked', ...key }]);
}
