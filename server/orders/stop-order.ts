import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import type { StoppedReason } from './order.ts';
import { eventFacts, type FactRow, factColumns } from './order-facts.ts';

const stopStatement = sql(
  'orders.stop',
  `WITH wanted AS (
     SELECT order_id FROM orders
     WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
       AND state = ANY ($4::text[])
     ORDER BY order_id FOR UPDATE
   ), released AS (
     UPDATE prepayments SET released_at = (SELECT leveret_now())
     FROM wanted WHERE prepayments.order_id = wanted.order_id AND released_at IS NULL
   )
   UPDATE orders SET state = 'stopped', ended_at = (SELECT leveret_now()),
     stopped_reason = CASE WHEN cancel_asked_at IS NOT NULL THEN 'cancelled' ELSE $3 END
   FROM wanted WHERE orders.order_id = wanted.order_id
   RETURNING orders.stopped_reason, ${factColumns}`,
);

type OrderKey = { publisherId: number; orderId: number };

/**
 * Stops orders that are in one of the given states and reports each; the others stay. A paid transaction of
 * a stopped order is free for another order.
 */
export async function stopOrders(
  transaction: Transaction,
  orders: readonly OrderKey[],
  reason: StoppedReason,
  from: readonly ('registered' | 'paying')[],
): Promise<number> {
  const rows = await transaction.query<FactRow & { stopped_reason: StoppedReason }>(stopStatement, [
    orders.map((order) => order.publisherId),
    orders.map((order) => order.orderId),
    reason,
    from,
  ]);
  await transaction.report(
    rows.map((row) => ({
      name: 'order stopped' as const,
      reason: row.stopped_reason,
      sequence: 1,
      ...eventFacts(row),
    })),
  );
  return rows.length;
}

type PaymentFailed = Extract<PaymentEvent, { name: 'payment failed' }>;

/** Without money the order stops; one that was completed by another way stays. */
export const stopOrder: NowStep<unknown, Transaction, PaymentFailed> = {
  stepName: 'stopOrder',
  reports: ['order stopped'],
  async run(_context, transaction, events) {
    await stopOrders(transaction, events, 'payment_failed', ['registered', 'paying']);
  },
};
