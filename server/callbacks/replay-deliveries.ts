import { type Queryable, sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { DeliveryState } from './callback.ts';
import { type QueuedRow, queuedEvent } from './queued-event.ts';

// What is waiting already is only made due now; it keeps its place in the plan.
const requeue = sql(
  'deliveries.requeue',
  `WITH wanted AS MATERIALIZED (
     SELECT delivery_id FROM deliveries
     WHERE publisher_id = $1 AND delivery_id = ANY ($2::bigint[]) AND (kind = 'callback' OR EXISTS (
       SELECT FROM webhook_endpoints endpoints
       WHERE endpoints.endpoint_id = deliveries.endpoint_id AND endpoints.publisher_id = $1
         AND disabled_at IS NULL))
     ORDER BY delivery_id FOR UPDATE
   )
   UPDATE deliveries SET state = 'waiting', next_try_at = NULL, ended_at = NULL, failed_at = NULL,
     failures = CASE WHEN state = 'waiting' THEN failures ELSE 0 END,
     queued_at = CASE WHEN state = 'waiting' THEN queued_at ELSE (SELECT leveret_now()) END
   FROM wanted WHERE deliveries.delivery_id = wanted.delivery_id
   RETURNING publisher_id, deliveries.delivery_id, kind, order_id, host`,
);

/**
 * Sends a delivery again under its old id, whatever its state; a waiting one is tried now. Answers the ids
 * that were queued: not those of other publishers, nor of endpoints that are deleted or switched off.
 */
export async function replayDeliveries(
  transaction: Transaction,
  publisherId: number,
  deliveryIds: readonly number[],
): Promise<number[]> {
  const rows = await transaction.query<QueuedRow>(requeue, [publisherId, deliveryIds]);
  if (rows.length > 0) await transaction.report(rows.map(queuedEvent));
  return rows.map((row) => row.delivery_id);
}

type FoundRow = { delivery_id: number; created_at: Date };

export type ReplayRange = { from: Date; to: Date; state: DeliveryState };

const chunkSize = 500;
const mostAtOnce = 10_000;

/** Replays some deliveries and answers the ids that were queued. */
type Replay = (deliveryIds: readonly number[]) => Promise<number[]>;

/**
 * Replays what was made in [from, to) and is in a state, in chunks. Answers how many were queued and, where
 * there was too much for one call, the time from which another call goes on.
 */
export async function replayRange(
  database: Queryable,
  publisherId: number,
  range: ReplayRange,
  replay: Replay,
): Promise<{ replayed: number; continueFrom: Date | undefined }> {
  const { from, to, state } = range;
  const values = [publisherId, from, to, state, mostAtOnce + 1];
  const found = await database.query<FoundRow>(rangeStatement(state), values);
  const ids = found.slice(0, mostAtOnce).map((row) => row.delivery_id);
  let replayed = 0;
  for (let start = 0; start < ids.length; start += chunkSize) {
    const queued = await replay(ids.slice(start, start + chunkSize));
    replayed += queued.length;
  }
  return { replayed, continueFrom: found[mostAtOnce]?.created_at };
}

function rangeStatement(state: DeliveryState) {
  return sql(
    'deliveries.findRange',
    `SELECT delivery_id, created_at FROM deliveries
     WHERE publisher_id = $1 AND created_at >= $2 AND created_at < $3 AND state = $4
       ${state === 'failed' ? 'AND failed_at IS NOT NULL' : ''}
       AND (kind = 'callback' OR EXISTS (
         SELECT FROM webhook_endpoints endpoints
         WHERE endpoints.endpoint_id = deliveries.endpoint_id AND disabled_at IS NULL))
     ORDER BY created_at, delivery_id LIMIT $5`,
  );
}
