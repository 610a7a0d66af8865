import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { findBeginning } from './find-beginning.ts';
import { inCausalOrder } from './in-causal-order.ts';
import type { TimelineEntry } from './timeline-entry.ts';

// Of one moment, the log comes last: what stands in rows was written before it in the same transaction.
const timeline = sql(
  'orders.timeline',
  `SELECT at, what, facts FROM (
     SELECT created_at AS at, 'payment attempt made' AS what, json_build_object('attemptId', attempt_id,
       'adapter', adapter, 'state', state, 'reason', reason) AS facts, 1 AS rank, attempt_id AS id
     FROM payment_attempts WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT read_at, 'payment evidence', json_build_object('attemptId', outcomes.attempt_id,
       'source', source, 'meaning', meaning, 'code', outcomes.code, 'applied', applied,
       'operationId', operation_id, 'operation', operations.kind, 'amountMinor', operations.amount_minor),
       2, outcome_id
     FROM payment_outcomes outcomes LEFT JOIN payment_operations operations USING (operation_id)
     WHERE outcomes.publisher_id = $1 AND read_at >= $3
       AND outcomes.attempt_id IN (SELECT attempt_id FROM payment_attempts WHERE order_id = $2)
     UNION ALL
     SELECT created_at, kind || ' queued', json_build_object('deliveryId', delivery_id, 'event', event_name,
       'state', state), 3, delivery_id
     FROM deliveries WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT tried_at, deliveries.kind || ' tried', json_build_object('deliveryId', delivery_id,
       'event', event_name, 'try', try_number, 'outcome', outcome, 'status', status,
       'milliseconds', milliseconds), 4, delivery_id
     FROM deliveries JOIN delivery_tries USING (delivery_id)
     WHERE deliveries.order_id = $2 AND deliveries.publisher_id = $1 AND tried_at >= $3
     UNION ALL
     SELECT created_at, 'message queued', json_build_object('messageId', message_id, 'linkId', link_id,
       'channel', channel, 'template', template), 5, message_id
     FROM messages WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT coalesce(ended_at, created_at), 'message ' || state, json_build_object('messageId', message_id,
       'channel', channel, 'tries', tries, 'reason', reason), 6, message_id
     FROM messages WHERE order_id = $2 AND publisher_id = $1
       -- The log tells of one that failed.
       AND state NOT IN ('waiting', 'failed')
     UNION ALL
     SELECT occurred_at, name, facts, 7, event_id
     FROM events WHERE order_id = $2 AND publisher_id = $1 AND occurred_at >= $3
   ) entries ORDER BY at, rank, id LIMIT 1000`,
);

/** Oldest first, and every entry behind what caused it. */
export async function findTimeline(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<TimelineEntry[]> {
  const from = await findBeginning(database, publisherId, orderId);
  if (from === undefined) return [];
  return inCausalOrder(await database.query<TimelineEntry>(timeline, [publisherId, orderId, from]));
}
