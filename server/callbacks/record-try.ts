import { type Queryable, sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { publisherId } from '../kit/ids.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
import {
  type CallbackEvent,
  type DeliveryState,
  disableAfterSeconds,
  failuresBeforeOthersPass,
} from './callback.ts';
import { deliverJobFor } from './deliver-job.ts';
import type { LoadedDelivery } from './load-delivery.ts';
import type { Try } from './read-try.ts';

/** What a try means for its delivery: another try after a while, or the end. */
export type Verdict = { state: DeliveryState; nextTrySeconds: number | undefined };

// A runner that lost its lease during the send may come second: its try is kept, and moves nothing that
// ended.
const record = sql(
  'deliveries.recordTry',
  `WITH moved AS (
     UPDATE deliveries SET tries = tries + 1,
       failures = failures + CASE WHEN $3 = 'delivered' THEN 0 ELSE 1 END,
       next_try_at = clock.at + $8 * interval '1 second',
       state = CASE WHEN state = 'waiting' THEN $7 ELSE state END,
       ended_at = CASE WHEN state = 'waiting' AND $7 <> 'waiting' THEN clock.at ELSE ended_at END,
       failed_at = CASE WHEN state = 'waiting' AND $7 = 'failed' THEN clock.at ELSE failed_at END
     FROM (SELECT leveret_now() AS at) clock
     WHERE publisher_id = $1 AND delivery_id = $2
     RETURNING delivery_id, publisher_id, tries, clock.at
   )
   INSERT INTO delivery_tries
     (delivery_id, publisher_id, try_number, outcome, status, milliseconds, reply, tried_at)
   SELECT delivery_id, publisher_id, tries, $3, $4, $5, $6, at FROM moved`,
);

const endWithoutTry = sql(
  'deliveries.endWithoutTry',
  `UPDATE deliveries SET state = 'failed', ended_at = clock.at, failed_at = clock.at, next_try_at = NULL
   FROM (SELECT leveret_now() AS at) clock
   WHERE publisher_id = $1 AND delivery_id = $2 AND state = 'waiting'`,
);

const noteEndpoint = sql(
  'webhookEndpoints.noteTry',
  `UPDATE webhook_endpoints SET
     failing_since = CASE WHEN $3 = 'delivered' THEN NULL ELSE coalesce(failing_since, clock.at) END,
     disabled_at = CASE WHEN $3 = 'gone' OR ($3 <> 'delivered'
       AND clock.at - failing_since >= $4 * interval '1 second')
       THEN clock.at END,
     disabled_reason = CASE WHEN $3 = 'gone' THEN 'gone' WHEN $3 <> 'delivered'
       AND clock.at - failing_since >= $4 * interval '1 second' THEN 'only failed' END
   FROM (SELECT leveret_now() AS at) clock
   WHERE publisher_id = $1 AND endpoint_id = $2 AND disabled_at IS NULL
     AND ($3 = 'gone' OR (failing_since IS NULL) <> ($3 = 'delivered')
       OR ($3 <> 'delivered' AND clock.at - failing_since >= $4 * interval '1 second'))
   RETURNING disabled_at IS NOT NULL AS is_disabled`,
);

// The order's own deliveries are few and found first: by their age alone, all that wait would be looked
// through.
const findNext = sql(
  'deliveries.findNext',
  `WITH siblings AS MATERIALIZED (
     SELECT * FROM deliveries WHERE order_id = $3 AND kind = $4 AND coalesce(endpoint_id, 0) = $5
   )
   SELECT publisher_id, delivery_id, host FROM siblings
   WHERE publisher_id = $1 AND state = 'waiting' AND tries = 0
     AND (created_at, delivery_id) > (SELECT created_at, delivery_id FROM siblings WHERE delivery_id = $2)
   ORDER BY created_at, delivery_id LIMIT 1`,
);

/**
 * Writes down a try with what follows from it, in one transaction: state, endpoint, and whose turn is next.
 */
export async function recordTry(
  database: Database,
  delivery: LoadedDelivery,
  made: Try,
  verdict: Verdict,
): Promise<void> {
  await database.transaction('record-try', async (transaction) => {
    await transaction.query(record, [
      delivery.publisher_id,
      delivery.delivery_id,
      made.outcome,
      made.status,
      Math.round(made.milliseconds),
      made.reply,
      verdict.state,
      verdict.nextTrySeconds ?? null,
    ]);
    if (delivery.endpoint_id !== null) await noteTry(transaction, delivery, delivery.endpoint_id, made);
    const isPassed = delivery.failures + 1 >= failuresBeforeOthersPass;
    if (verdict.state !== 'waiting' || isPassed) await wakeNext(transaction, delivery);
  });
}

/** Ends a delivery that cannot be tried any more, and lets the next event of the order go out. */
export async function failWithoutTry(database: Database, delivery: LoadedDelivery): Promise<void> {
  await database.transaction('fail-delivery', async (transaction) => {
    await transaction.query(endWithoutTry, [delivery.publisher_id, delivery.delivery_id]);
    await wakeNext(transaction, delivery);
  });
}

async function noteTry(
  transaction: Transaction,
  delivery: LoadedDelivery,
  endpointId: number,
  made: Try,
): Promise<void> {
  const rows = await transaction.query<{ is_disabled: boolean }>(noteEndpoint, [
    delivery.publisher_id,
    endpointId,
    made.outcome,
    disableAfterSeconds,
  ]);
  if (!rows[0]?.is_disabled) return;
  const event = {
    name: 'endpoint disabled',
    publisherId: publisherId(delivery.publisher_id),
    endpointId,
  } satisfies CallbackEvent;
  await transaction.report([event]);
}

/** The next delivery of the order to the same receiver may be waiting for this one. */
async function wakeNext(transaction: Queryable, delivery: LoadedDelivery): Promise<void> {
  if (delivery.order_id === null) return;
  type Row = { publisher_id: number; delivery_id: number; host: string };
  const rows = await transaction.query<Row>(findNext, [
    delivery.publisher_id,
    delivery.delivery_id,
    delivery.order_id,
    delivery.kind,
    delivery.endpoint_id ?? 0,
  ]);
  await enqueue(
    transaction,
    rows.map((row) =>
      deliverJobFor({ publisherId: row.publisher_id, deliveryId: row.delivery_id, host: row.host }),
    ),
  );
}
