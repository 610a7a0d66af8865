import { type Queryable, sql } from '../database/statement.ts';
import type { Stretch } from '../kit/stretches-back.ts';

/** An order that ended and whose site does not know. `host` is where the callback was to go. */
export type UnnotifiedOrder = { publisherId: number; orderId: number; host: string | null; endedAt: Date };

type Row = { publisher_id: number; order_id: number; host: string | null; ended_at: Date };

// Of an order that was told twice, such as after a late payment, only the last word counts.
const findUnnotified = sql(
  'deliveries.findUntoldOrders',
  `WITH ended AS MATERIALIZED (
     SELECT publisher_id, order_id, ended_at FROM orders WHERE ended_at > $1 AND ended_at <= $2
   )
   SELECT ended.publisher_id, ended.order_id, last.host, ended.ended_at
   FROM ended JOIN order_completions options USING (order_id)
     LEFT JOIN LATERAL (
       SELECT state, host FROM deliveries
       WHERE deliveries.order_id = ended.order_id AND kind = 'callback'
       ORDER BY sequence DESC LIMIT 1) last ON true
   WHERE options.callback_url IS NOT NULL AND coalesce(last.state, 'failed') = 'failed'
   ORDER BY ended.order_id`,
);

/** Orders that ended in a stretch of time and whose callback failed for good, or was never made. */
export async function findUnnotifiedOrders(
  database: Queryable,
  { from, to }: Stretch,
): Promise<UnnotifiedOrder[]> {
  const rows = await database.query<Row>(findUnnotified, [from, to]);
  return rows.map((row) => ({
    publisherId: row.publisher_id,
    orderId: row.order_id,
    host: row.host,
    endedAt: row.ended_at,
  }));
}
