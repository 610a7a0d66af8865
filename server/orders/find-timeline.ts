import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';

/** One thing that happened to an order, whichever table holds it. Nothing writes a timeline: it is read. */
export type TimelineEntry = { at: Date; what: string; facts: Record<string, unknown> };

const timeline = sql(
  'orders.timeline',
  `SELECT at, what, facts FROM (
     SELECT occurred_at AS at, name AS what, facts, 1 AS rank, event_id AS id
     FROM events WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT created_at, 'payment attempt made', json_build_object('attemptId', attempt_id,
       'adapter', adapter, 'state', state, 'reason', reason), 2, attempt_id
     FROM payment_attempts WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT read_at, 'payment evidence', json_build_object('attemptId', attempt_id, 'source', source,
       'meaning', meaning, 'code', code, 'applied', applied, 'operationId', operation_id), 3, outcome_id
     FROM payment_outcomes WHERE order_id = $2 AND publisher_id = $1
       AND attempt_id IN (SELECT attempt_id FROM payment_attempts WHERE order_id = $2)
     UNION ALL
     SELECT tried_at, deliveries.kind || ' tried', json_build_object('deliveryId', delivery_id,
       'event', event_name, 'try', try_number, 'outcome', outcome, 'status', status,
       'milliseconds', milliseconds), 4, delivery_id
     FROM deliveries JOIN delivery_tries USING (delivery_id)
     WHERE deliveries.order_id = $2 AND deliveries.publisher_id = $1
     UNION ALL
     SELECT created_at, kind || ' queued', json_build_object('deliveryId', delivery_id, 'event', event_name,
       'state', state), 5, delivery_id
     FROM deliveries WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT created_at, 'message queued', json_build_object('messageId', message_id, 'channel', channel,
       'template', template), 6, message_id
     FROM messages WHERE order_id = $2 AND publisher_id = $1
     UNION ALL
     SELECT coalesce(ended_at, created_at), 'message ' || state, json_build_object('messageId', message_id,
       'channel', channel, 'tries', tries, 'reason', reason), 7, message_id
     FROM messages WHERE order_id = $2 AND publisher_id = $1 AND state <> 'waiting'
   ) entries ORDER BY at, rank, id LIMIT 1000`,
);

export function findTimeline(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<TimelineEntry[]> {
  return database.query<TimelineEntry>(timeline, [publisherId, orderId]);
}
