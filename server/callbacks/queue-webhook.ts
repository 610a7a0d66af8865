import type { AttentionKind, AttentionNeeded } from '../cases/case.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AnyEvent, NowStep } from '../kit/journey-runner.ts';
import { eventNames, namedByKind, type WebhookedEventName } from './event-names.ts';
import { type QueuedRow, queuedEvent } from './queued-event.ts';
import { webhookData } from './webhook-data.ts';

/** An event that `eventNames` says is told by webhooks. */
export type WebhookedEvent =
  | (AnyEvent & { readonly name: WebhookedEventName })
  | AttentionNeeded<AttentionKind, AnyEvent>;

// Publishers without endpoints cost one look into a small index for each batch.
const queueWebhooks = sql(
  'deliveries.queueWebhooks',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   INSERT INTO deliveries (publisher_id, order_id, kind, endpoint_id, client_id, url, host, event_name,
     sequence,
     body, state, created_at, queued_at)
   SELECT given.publisher_id, given.order_id, 'webhook', endpoint_id, client_id, url, host, type, sequence,
     json_build_object('type', type, 'data', data,
       'timestamp', to_char(clock.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
     'waiting', clock.at, clock.at
   FROM clock,
     unnest($1::integer[], $2::bigint[], $3::text[], $4::integer[], $5::json[]) WITH ORDINALITY
       AS given (publisher_id, order_id, type, sequence, data, place)
   JOIN webhook_endpoints endpoints ON endpoints.publisher_id = given.publisher_id
     AND disabled_at IS NULL AND (event_names = '{}' OR type = ANY (event_names))
   ORDER BY given.order_id, place, endpoint_id
   ON CONFLICT (order_id, kind, coalesce(endpoint_id, 0), sequence) WHERE order_id IS NOT NULL DO NOTHING
   RETURNING publisher_id, order_id, delivery_id, kind, host`,
);

/** Queues a webhook for every switched-on endpoint of the publisher that asked for this event. */
export const queueWebhook: NowStep<unknown, Transaction, WebhookedEvent> = {
  stepName: 'queueWebhook',
  reports: ['webhook queued'],
  async run(_context, transaction, reported) {
    const events = reported.map(namedByKind);
    const rows = await transaction.query<QueuedRow>(queueWebhooks, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId ?? null),
      events.map((event) => eventNames[event.name].name),
      events.map(outcomeNumber),
      events.map((event) => JSON.stringify({ ...webhookData(event), by: transaction.byOf(event) })),
    ]);
    if (rows.length > 0) await transaction.report(rows.map(queuedEvent));
  },
};

/** The order's own count of its outcomes, by which a repeated step is harmless; other events have none. */
function outcomeNumber(event: AnyEvent & { readonly sequence?: number }): number | null {
  const isOutcome = event.name === 'order completed' || event.name === 'order stopped';
  return isOutcome ? (event.sequence ?? null) : null;
}
