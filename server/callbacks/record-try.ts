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

/**
 * Whose turn it is after a delivery has ended: the next one of its order to the same receiver that was not
 * tried. The order's own deliveries are few and found first: by their age alone, all that wait would be
 * looked through.
 */
const findNext = `SELECT next.publisher_id, next.delivery_id, next.host FROM ended CROSS JOIN LATERAL (
     SELECT later.* FROM (
       SELECT * FROM deliveries siblings
       WHERE siblings.order_id = ended.order_id AND siblings.kind = ended.kind
         AND coalesce(siblings.endpoint_id, 0) = coalesce(ended.endpoint_id, 0) OFFSET 0) later
     WHERE later.publisher_id = ended.publisher_id AND later.state = 'waiting' AND later.tries = 0
       AND (later.created_at, later.delivery_id) > (ended.created_at, ended.delivery_id)
     ORDER BY later.created_at, later.delivery_id LIMIT 1) next`;

type Next = { publisher_id: number; delivery_id: number; host: string };

// A runner that lost its lease during the send may come second: its try is kept, and moves nothing that
// ended.
const record = sql(
  'deliveries.recordTry',
  `WITH held AS MATERIALIZED (
     SELECT made.*, (SELECT leveret_now()) AS at FROM unnest($1::integer[], $2::bigint[], $3::text[],
         $4::integer[], $5::integer[], $6::text[], $7::text[], $8::float8[])
       AS made (publisher_id, delivery_id, outcome, status, milliseconds, reply, verdict, next_seconds)
     JOIN deliveries USING (publisher_id, delivery_id) ORDER BY delivery_id FOR UPDATE OF deliveries
   ), moved AS (
     UPDATE deliveries SET tries = tries + 1,
       failures = failures + CASE WHEN held.outcome = 'delivered' THEN 0 ELSE 1 END,
       next_try_at = held.at + held.next_seconds * interval '1 second',
       state = CASE WHEN state = 'waiting' THEN held.verdict ELSE state END,
       ended_at = CASE WHEN state = 'waiting' AND held.verdict <> 'waiting' THEN held.at ELSE ended_at END,
       failed_at = CASE WHEN state = 'waiting' AND held.verdict = 'failed' THEN held.at ELSE failed_at END
     FROM held WHERE deliveries.delivery_id = held.delivery_id
     RETURNING deliveries.*, held.outcome, held.status, held.milliseconds, held.reply, held.at
   ), written AS (
     INSERT INTO delivery_tries
       (delivery_id, publisher_id, try_number, outcome, status, milliseconds, reply, tried_at)
     SELECT delivery_id, publisher_id, tries, outcome, status, milliseconds, reply, at FROM moved
   ), ended AS (
     SELECT * FROM moved WHERE state <> 'waiting' OR failures >= $9
   )
   ${findNext}`,
);

const endWithoutTry = sql(
  'deliveries.endWithoutTry',
  `WITH ended AS (
     UPDATE deliveries SET state = 'failed', ended_at = clock.at, failed_at = clock.at, next_try_at = NULL
     FROM (SELECT (SELECT leveret_now()) AS at) clock
     WHERE publisher_id = $1 AND delivery_id = $2 AND state = 'waiting'
     RETURNING deliveries.*
   )
   ${findNext}`,
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
   FROM (SELECT (SELECT leveret_now()) AS at) clock
   WHERE publisher_id = $1 AND endpoint_id = $2 AND disabled_at IS NULL
     AND ($3 = 'gone' OR (failing_since IS NULL) <> ($3 = 'delivered')
       OR ($3 <> 'delivered' AND clock.at - failing_since >= $4 * interval '1 second'))
   RETURNING disabled_at IS NOT NULL AS is_disabled`,
);

/** A try that was made, of which delivery, and what it means. */
export type MadeTry = { delivery: LoadedDelivery; made: Try; verdict: Verdict };

/**
 * Writes down tries with what follows from each: the delivery's state, and whose turn is next. A wake-up that
 * is lost after it costs the next delivery no more than its half minute of waiting.
 */
export async function recordTries(database: Queryable, tries: readonly MadeTry[]): Promise<void> {
  const column = <Value>(read: (one: MadeTry) => Value) => tries.map((one) => read(one) ?? null);
  const next = await database.query<Next>(record, [
    column(({ delivery }) => delivery.publisher_id),
    column(({ delivery }) => delivery.delivery_id),
    column(({ made }) => made.outcome),
    column(({ made }) => made.status),
    column(({ made }) => Math.round(made.milliseconds)),
    column(({ made }) => made.reply),
    column(({ verdict }) => verdict.state),
    column(({ verdict }) => verdict.nextTrySeconds),
    failuresBeforeOthersPass,
  ]);
  await wake(database, next);
}

/** Writes down the try of a webhook, and in the same transaction what it means for its endpoint. */
export function recordWebhookTry(database: Database, one: MadeTry, endpointId: number): Promise<void> {
  return database.transaction('record-try', async (transaction) => {
    await recordTries(transaction, [one]);
    await noteTry(transaction, one.delivery, endpointId, one.made);
  });
}

/** Ends a delivery that cannot be tried any more, and lets the next event of the order go out. */
export async function failWithoutTry(database: Database, delivery: LoadedDelivery): Promise<void> {
  const next = await database.query<Next>(endWithoutTry, [delivery.publisher_id, delivery.delivery_id]);
  await wake(database, next);
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

async function wake(database: Queryable, deliveries: readonly Next[]): Promise<void> {
  await enqueue(
    database,
    deliveries.map((row) =>
      deliverJobFor({ publisherId: row.publisher_id, deliveryId: row.delivery_id, host: row.host }),
    ),
  );
}
