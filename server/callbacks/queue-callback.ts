import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CompletionEvent } from '../fulfillment/completion.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { eventNames } from './event-names.ts';
import { type QueuedRow, queuedEvent } from './queued-event.ts';

type OrderEnded = Extract<OrderEvent, { name: 'order completed' | 'order stopped' }>;

// The host only chooses a lane; the address itself is checked when it is given and at every try.
const queueCallbacks = sql(
  'deliveries.queueCallbacks',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at)
   INSERT INTO deliveries (publisher_id, order_id, kind, client_id, url, host, event_name, sequence, body,
     state,
     created_at, queued_at)
   SELECT given.publisher_id, given.order_id, 'callback', client_id, callback_url,
     coalesce(lower(left(substring(callback_url FROM '^[A-Za-z]+://([^/?#\\\\]+)'), 260)), '-'),
     event_name, sequence, json_build_object('fulfillmentStatus', status), 'waiting', clock.at, clock.at
   FROM clock,
     unnest($1::integer[], $2::bigint[], $3::text[], $4::integer[], $5::text[])
       AS given (publisher_id, order_id, event_name, sequence, status)
   JOIN order_completions completions
     ON completions.order_id = given.order_id AND completions.publisher_id = given.publisher_id
   WHERE callback_url IS NOT NULL
   ORDER BY given.order_id, sequence
   ON CONFLICT (order_id, kind, coalesce(endpoint_id, 0), sequence) WHERE order_id IS NOT NULL DO NOTHING
   RETURNING publisher_id, order_id, delivery_id, kind, host`,
);

type Told = Pick<OrderEnded, 'name' | 'publisherId' | 'orderId' | 'sequence'>;

async function queue(transaction: Transaction, events: readonly Told[]): Promise<void> {
  const rows = await transaction.query<QueuedRow>(queueCallbacks, [
    events.map((event) => event.publisherId),
    events.map((event) => event.orderId),
    events.map((event) => eventNames[event.name].name),
    events.map((event) => event.sequence),
    events.map((event) => (event.name === 'order completed' ? 'success' : 'failed')),
  ]);
  if (rows.length > 0) await transaction.report(rows.map(queuedEvent));
}

/** Queues the legacy callback of orders that have ended, where the publisher gave a callbackUrl. */
export const queueCallback: NowStep<unknown, Transaction, OrderEnded> = {
  stepName: 'queueCallback',
  reports: ['callback queued'],
  run: (_context, transaction, events) => queue(transaction, events),
};

type AskedLate = Extract<CompletionEvent, { name: 'callback asked late' }>;

/** The callback of orders that were completed before the publisher named its address. */
export const queueLateCallback: NowStep<unknown, Transaction, AskedLate> = {
  stepName: 'queueLateCallback',
  reports: ['callback queued'],
  run: (_context, transaction, events) =>
    queue(
      transaction,
      events.map(({ publisherId, orderId }) => ({
        name: 'order completed',
        publisherId,
        orderId,
        sequence: 1,
      })),
    ),
};
