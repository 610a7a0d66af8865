import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { decideGrants, type LineGrant, type LineShape, lineShapes } from './decide-grants.ts';
import { holderColumns, holderNames, holderTables } from './grant-holder.ts';
import { type GrantedRow, grantedColumns, grantedEvents, selectSubscribed } from './granted-access.ts';

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

/** What `decideGrants` says of every line that there can be, for the statement to look up. */
const decidedColumns = `spec_type, has_seconds, has_product, has_category, is_sold_here,
       kind, product, of_issue, of_article, of_category, starts, ends`;
const decidedRows = lineShapes.flatMap((line) => decideGrants(line).map((grant) => rowOf(line, grant)));

function rowOf(line: LineShape, grant: LineGrant): string {
  const { hasSeconds, hasAllowedProduct, hasAllowedCategory, isSoldHere } = line;
  const asked = [`'${line.specType}'`, hasSeconds, hasAllowedProduct, hasAllowedCategory, isSoldHere];
  const { ofIssue, ofArticle, ofCategory, ends } = grant;
  const given = [
    `'${grant.kind}'`,
    `'${grant.product}'`,
    ofIssue,
    ofArticle,
    ofCategory,
    `'${grant.from}'`,
    ends,
  ];
  return `(${[...asked, ...given].join(', ')})`;
}

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
   JOIN publishers ON publishers.publisher_id = orders.publisher_id
   JOIN (VALUES ${decidedRows.join(', ')}) AS decided (${decidedColumns})
     ON decided.spec_type = lines.spec_type
     AND decided.has_seconds = (lines.allow_access_seconds IS NOT NULL)
     AND decided.has_product = (lines.allow_access_product IS NOT NULL)
     AND decided.has_category = (lines.allow_access_category_type IS NOT NULL)
     AND decided.is_sold_here = (coalesce(publishers.settings ->> 'subscriptionsLive', 'here') = 'here')
   CROSS JOIN LATERAL (
     SELECT CASE decided.starts WHEN 'now' THEN clock.at WHEN 'later' THEN greatest(lines.starts_at, clock.at)
       ELSE coalesce(lines.starts_at, clock.at) END AS at
   ) start
   CROSS JOIN LATERAL (
     SELECT decided.kind, CASE decided.product WHEN 'allowed' THEN lines.allow_access_product
         WHEN 'own' THEN lines.product_code END AS product_code,
       CASE WHEN decided.of_issue THEN lines.issue_code END AS issue_code,
       CASE WHEN decided.of_article THEN lines.article_ref END AS article_ref,
       CASE WHEN decided.of_category THEN lines.allow_access_category_type END AS category_type,
       start.at AS starts_at,
       CASE WHEN decided.ends
         THEN start.at + coalesce(lines.allow_access_seconds, $4) * interval '1 second' END AS ends_at
   ) wanted
   WHERE wanted.product_code IS NOT NULL OR wanted.category_type IS NOT NULL OR wanted.article_ref IS NOT NULL
   ORDER BY orders.order_id, lines.line_number, wanted.kind
   ON CONFLICT (order_id, line_number, kind, period_number) DO NOTHING
   RETURNING ${grantedColumns})
   ${selectSubscribed}`,
);

/** How long a grant by category or issue lasts where the line names no seconds. */
const defaultSeconds = 86_400;

/** Opens what was asked for in the transaction that completes the order, so no callback precedes access. */
export const grantAccess: NowStep<unknown, Transaction, OrderCompleted> = {
  stepName: 'grantAccess',
  reports: ['access granted'],
  async run(_context, transaction, events) {
    const subscribed = await transaction.query<GrantedRow>(insertGrants, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.accountId ?? null),
      defaultSeconds,
    ]);
    if (subscribed.length > 0) await transaction.report(grantedEvents(subscribed));
  },
};
