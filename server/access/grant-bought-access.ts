import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { SubscriptionEvent } from '../subscriptions/subscription.ts';
import { holderColumns, holderNames, holderTables } from './grant-holder.ts';
import { type GrantedRow, grantedColumns, grantedEvents, selectSubscribed } from './granted-access.ts';

type PeriodStarted = Extract<SubscriptionEvent, { name: 'subscription period started' }>;

const insertGrants = sql(
  'grants.insertOfPeriods',
  `WITH granted AS (
   INSERT INTO grants (publisher_id, order_id, line_number, kind, period_number, product_code, starts_at,
     ends_at, ${holderNames})
   SELECT orders.publisher_id, orders.order_id, lines.line_number, 'bought', periods.period_number,
     subscriptions.product_code, periods.starts_at, periods.ends_at, ${holderColumns}
   FROM (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[], $3::integer[]))
     AS started (publisher_id, subscription_id, period_number)
   JOIN subscriptions ON subscriptions.subscription_id = started.subscription_id
     AND subscriptions.publisher_id = started.publisher_id
   JOIN subscription_periods periods ON periods.subscription_id = started.subscription_id
     AND periods.period_number = started.period_number
   JOIN orders ON orders.order_id = subscriptions.order_id
   JOIN order_lines lines ON lines.order_id = orders.order_id
     AND lines.line_number = subscriptions.line_number
   ${holderTables}
   ORDER BY orders.order_id, lines.line_number, periods.period_number
   ON CONFLICT (order_id, line_number, kind, period_number) DO NOTHING
   RETURNING ${grantedColumns})
   ${selectSubscribed}`,
);

/** What a subscription's period buys: its product, from the period's start until its end. */
export const grantBoughtAccess: NowStep<unknown, Transaction, PeriodStarted> = {
  stepName: 'grantBoughtAccess',
  reports: ['access granted'],
  async run(_context, transaction, events) {
    const subscribed = await transaction.query<GrantedRow>(insertGrants, [
      events.map((event) => event.publisherId),
      events.map((event) => event.subscriptionId),
      events.map((event) => event.periodNumber),
    ]);
    if (subscribed.length > 0) await transaction.report(grantedEvents(subscribed));
  },
};
