import { type Queryable, sql } from '../database/statement.ts';

/** An order that ended and whose site does not know. `host` is where the callback was to go. */
export type UntoldOrder = { publisherId: number; orderId: number; host: string | null; endedAt: Date };

type Row = { publisher_id: number; order_id: number; host: string | null; ended_at: Date };

// Of an order that was told twice, such as after late money, only the last word counts.
const findUntold = sql(
  'deliveries.findUntoldOrders',
  `SELECT orders.publisher_id, orders.order_id, last.host, orders.ended_at
   FROM orders JOIN order_completions wishes USING (order_id)
     LEFT JOIN LATERAL (
       SELECT state, host FROM deliveries
       WHERE deliveries.order_id = orders.order_id AND kind = 'callback'
       ORDER BY sequence DESC LIMIT 1) last ON true
   WHERE orders.ended_at > leveret_now() - $1 * interval '1 day' AND wishes.callback_url IS NOT NULL
     AND coalesce(last.state, 'failed') = 'failed'
   ORDER BY orders.order_id LIMIT $2`,
);

/** Orders that ended in the last days and whose callback failed for good, or was never made. */
export async function findUntoldOrders(
  database: Queryable,
  days: number,
  limit: number,
): Promise<UntoldOrder[]> {
  const rows = await database.query<Row>(findUntold, [days, limit]);
  return rows.map((row) => ({
    publisherId: row.publisher_id,
    orderId: row.order_id,
    host: row.host,
    endedAt: row.ended_at,
  }));
}
