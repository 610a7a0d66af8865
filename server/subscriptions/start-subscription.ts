import { findListeners } from '../callbacks/find-listeners.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import type { SubscriptionEvent } from './subscription.ts';

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/**
 * The first period ends by the publisher's calendar: a month from 31 January is the end of February, and the
 * hour stays the same when summer time starts or ends within it. `IS TRUE` keeps what was started in a hash:
 * as a join it would be compared with all that is wanted, since the plan expects one row of each.
 */
const startSubscriptions = sql(
  'subscriptions.start',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at), wanted AS (
     SELECT completed.publisher_id, completed.order_id, lines.line_number, completed.customer_number,
       lines.product_code, lines.offer_code, lines.offer_number,
       coalesce(lines.starts_at, clock.at) AS starts_at, nextval('subscription_ids') AS subscription_id,
       lines.period_length * ('1 ' || lines.period_type)::interval AS period, publishers.time_zone
     FROM clock
     CROSS JOIN (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]))
       AS completed (publisher_id, order_id, customer_number)
     JOIN publishers ON publishers.publisher_id = completed.publisher_id
     JOIN order_lines lines ON lines.order_id = completed.order_id
       AND lines.publisher_id = completed.publisher_id
     WHERE lines.spec_type = 'coupon' AND lines.product_code IS NOT NULL
       AND lines.period_length IS NOT NULL AND lines.period_type IS NOT NULL
       AND coalesce(publishers.settings ->> 'subscriptionsLive', 'here') = 'here'
   ), started AS (
     INSERT INTO subscriptions (subscription_id, publisher_id, order_id, line_number, customer_number,
       product_code, offer_code, offer_number, started_at)
     SELECT subscription_id, publisher_id, order_id, line_number, customer_number, product_code, offer_code,
       offer_number, starts_at
     FROM wanted ORDER BY order_id, line_number
     ON CONFLICT (order_id, line_number) DO NOTHING
     RETURNING subscription_id, publisher_id, order_id, line_number, product_code
   ), periods AS (
     INSERT INTO subscription_periods (subscription_id, period_number, starts_at, ends_at)
     SELECT subscription_id, 1, starts_at, (starts_at AT TIME ZONE time_zone + period) AT TIME ZONE time_zone
     FROM wanted WHERE (subscription_id IN (SELECT subscription_id FROM started)) IS TRUE
   )
   SELECT publisher_id, order_id, subscription_id, line_number, product_code,
     (publisher_id IN (${findListeners('$1', 'subscription.started')})) IS TRUE AS is_subscribed
   FROM started ORDER BY order_id, line_number`,
);

type StartedRow = {
  publisher_id: number;
  order_id: number;
  subscription_id: number;
  line_number: number;
  product_code: string;
  is_subscribed: boolean;
};

/** Starts the subscriptions that a completed order buys, where the publisher's subscriptions live here. */
export const startSubscription: NowStep<unknown, Transaction, OrderCompleted> = {
  stepName: 'startSubscription',
  reports: ['subscription started', 'subscription period started'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<StartedRow>(startSubscriptions, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.customerNumber),
    ]);
    if (rows.length === 0) return;
    await transaction.report<SubscriptionEvent>([
      ...rows.filter((row) => row.is_subscribed).map(startedEvent),
      ...rows.map((row) => ({
        name: 'subscription period started' as const,
        ...ofSubscription(row),
        periodNumber: 1,
      })),
    ]);
  },
};

function startedEvent(row: StartedRow): SubscriptionEvent {
  return {
    name: 'subscription started',
    ...ofSubscription(row),
    lineNumber: row.line_number,
    product: row.product_code,
  };
}

function ofSubscription(row: StartedRow) {
  return {
    publisherId: publisherId(row.publisher_id),
    orderId: orderId(row.order_id),
    subscriptionId: row.subscription_id,
  };
}
