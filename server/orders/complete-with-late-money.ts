import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { eventFacts, type FactRow, factColumns } from './order-facts.ts';

const reopenStatement = sql(
  'orders.completeWithLateMoney',
  `UPDATE orders SET state = 'completed', stopped_reason = NULL, ended_at = leveret_now()
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[])) AND state = 'stopped'
   RETURNING ${factColumns}`,
);

/**
 * Completes stopped orders for which money came after all, with a callback of a higher sequence. The
 * database refuses this edge unless an outcome of the order carries money.
 */
export async function completeWithLateMoney(
  transaction: Transaction,
  orders: readonly { publisherId: number; orderId: number }[],
): Promise<void> {
  const rows = await transaction.query<FactRow>(reopenStatement, [
    orders.map((order) => order.publisherId),
    orders.map((order) => order.orderId),
  ]);
  await transaction.report(
    rows.map((row) => ({ name: 'order completed' as const, sequence: 2, ...eventFacts(row) })),
  );
}
