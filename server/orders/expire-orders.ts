import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { done, type JobResult } from '../kit/work-queue/work.ts';
import { eventFacts, type FactRow, factColumns } from './order-facts.ts';
import { stopOrders } from './stop-order.ts';

const mostAtOnce = 200;

const findExpired = sql(
  'orders.findExpired',
  `SELECT ${factColumns}, known.outcome, known.case_id IS NOT NULL AS has_case
   FROM orders LEFT JOIN LATERAL (
     SELECT case_id, outcome FROM cases
     WHERE cases.order_id = orders.order_id AND cases.publisher_id = orders.publisher_id
       AND kind = 'prepaid order left' ORDER BY case_id DESC LIMIT 1) known ON true
   WHERE orders.state = 'registered' AND expires_at <= (SELECT leveret_now())
     AND expires_at > (SELECT ended_until FROM order_expiry)
   ORDER BY expires_at LIMIT ${mostAtOnce} FOR UPDATE OF orders SKIP LOCKED`,
);

type Expired = FactRow & { outcome: string | null; has_case: boolean };

/**
 * Stops orders that nobody completed in time. One that is paid elsewhere is not dropped silently: a person
 * decides, so it stays and is looked at again a week later. A dismissed case lets it go.
 */
export async function expireOrders(context: { database: Database }): Promise<JobResult> {
  const found = await context.database.transaction('expire-orders', async (transaction) => {
    const rows = await transaction.query<Expired>(findExpired);
    const left = rows.filter((row) => row.prepaid && row.outcome !== 'dismissed');
    const dropped = rows.filter((row) => !left.includes(row)).map(eventFacts);
    if (dropped.length > 0) await stopOrders(transaction, dropped, 'expired', ['registered']);
    if (left.length > 0) {
      await transaction.query(postpone, [left.map((row) => row.order_id)]);
      const fresh = left.filter((row) => !row.has_case);
      await transaction.report(
        fresh.map((row) => ({
          name: 'attention needed' as const,
          kind: 'prepaid order left' as const,
          ...eventFacts(row),
        })),
      );
    }
    return rows.length;
  });
  await context.database.query(moveOn);
  if (found < mostAtOnce) return done;
  return { kind: 'later', afterSeconds: 0, reason: 'more to expire', isFailure: false };
}

// What somebody holds locked stays ahead. No order is committed later than a minute after it could expire.
const moveOn = sql(
  'orderExpiry.moveOn',
  `UPDATE order_expiry SET ended_until = greatest(ended_until, coalesce((
     SELECT expires_at - interval '1 microsecond' FROM orders
     WHERE state = 'registered' AND expires_at > ended_until AND expires_at <= until
     ORDER BY expires_at LIMIT 1), until))
   FROM (SELECT (SELECT leveret_now()) - interval '1 minute' AS until) clock`,
);

const postpone = sql(
  'orders.postponeExpiry',
  `UPDATE orders SET expires_at = (SELECT leveret_now()) + interval '7 days'
   WHERE order_id = ANY ($1::bigint[])`,
);
