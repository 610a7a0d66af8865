import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { holderColumns, holderNames, holderTables } from './grant-holder.ts';
import { type GrantedRow, grantedColumns, grantedEvents, selectHeard } from './granted-access.ts';

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/**
 * For each line at most one temporary grant, of what its allowAccess fields ask for, and one bought grant of
 * a single product, issue or article, which lasts. An article that is asked for with seconds is lent for as
 * long, from its start on, and not bought. What a subscription buys follows from its periods.
 */
const insertGrants = sql(
  'grants.insertOfOrders',
  `WITH clock AS MATERIALIZED (SELECT leveret_now() AS at), granted AS (
   INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, issue_code, article_ref,
     category_type, starts_at, ends_at, ${holderNames})
   SELECT orders.publisher_id, orders.order_id, lines.line_number, wanted.kind, wanted.product_code,
     wanted.issue_code, wanted.article_ref, wanted.category_type, wanted.starts_at, wanted.ends_at,
     ${holderColumns}
   FROM clock
   CROSS JOIN unnest($1::integer[], $2::bigint[], $3::bigint[]) AS orders (publisher_id, order_id, account_id)
   JOIN order_lines lines ON lines.order_id = orders.order_id AND lines.publisher_id = orders.publisher_id
   ${holderTables}
   CROSS JOIN LATERAL (
     SELECT is_article, CASE WHEN is_article THEN greatest(lines.starts_at, clock.at) ELSE clock.at END AS at
     FROM (SELECT lines.spec_type = 'article' AND lines.allow_access_seconds IS NOT NULL) asked (is_article)
   ) lent
   CROSS JOIN LATERAL (
     SELECT 'temporary' AS kind,
       CASE WHEN lines.spec_type = 'issue' OR lines.allow_access_seconds IS NOT NULL
         THEN lines.allow_access_product END AS product_code,
       CASE WHEN lines.spec_type = 'issue' AND lines.allow_access_product IS NOT NULL
         THEN lines.issue_code END AS issue_code,
       CASE WHEN lent.is_article THEN lines.article_ref END AS article_ref,
       lines.allow_access_category_type AS category_type, lent.at AS starts_at,
       lent.at + coalesce(lines.allow_access_seconds, $4) * interval '1 second' AS ends_at
     UNION ALL
     SELECT 'bought', CASE WHEN lines.spec_type <> 'article' THEN lines.product_code END, lines.issue_code,
       lines.article_ref, NULL, coalesce(lines.starts_at, clock.at), NULL
     WHERE lines.spec_type IN ('product', 'issue', 'article') AND NOT lent.is_article
       AND (SELECT coalesce(settings ->> 'subscriptionsLive', 'here') = 'here' FROM publishers
         WHERE publishers.publisher_id = orders.publisher_id)
   ) wanted
   WHERE wanted.product_code IS NOT NULL OR wanted.category_type IS NOT NULL OR wanted.article_ref IS NOT NULL
   ORDER BY orders.order_id, lines.line_number, wanted.kind
   ON CONFLICT (order_id, line_number, kind, period_number) DO NOTHING
   RETURNING ${grantedColumns})
   ${selectHeard}`,
);

/** How long a grant by category or issue lasts where the line names no seconds. */
const defaultSeconds = 86_400;

/** Opens what was asked for in the transaction that completes the order, so no callback precedes access. */
export const grantAccess: NowStep<unknown, Transaction, OrderCompleted> = {
  stepName: 'grantAccess',
  reports: ['access granted'],
  async run(_context, transaction, events) {
    const heard = await transaction.query<GrantedRow>(insertGrants, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.accountId ?? null),
      defaultSeconds,
    ]);
    if (heard.length > 0) await transaction.report(grantedEvents(heard));
  },
};
