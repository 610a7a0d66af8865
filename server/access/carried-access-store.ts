import { type Queryable, sql } from '../database/statement.ts';
import type { AccessPlan } from './decide-carried-access.ts';

// Lines of orders begin at 1, so that 0 is of no order. Its number is nobody's: orders are counted on.
const insertGrants = sql(
  'grants.insertCarried',
  `INSERT INTO grants (publisher_id, order_id, line_number, kind, product_code, issue_code, article_ref,
     category_type, account_id, starts_at, ends_at)
   SELECT $1, nextval('order_ids'), 0, given.kind, given.product, given.issue, given.article, given.category,
     given.account_id, given.starts_at, given.ends_at
   FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[],
     $9::timestamptz[])
     AS given (account_id, kind, product, issue, article, category, starts_at, ends_at)`,
);

const moveEnds = sql(
  'grants.moveEndsOfCarried',
  `UPDATE grants SET ends_at = given.ends_at
   FROM unnest($2::bigint[], $3::timestamptz[]) AS given (order_id, ends_at)
   WHERE grants.publisher_id = $1 AND grants.order_id = given.order_id AND grants.line_number = 0`,
);

export type PlannedAccess = { accountId: number; plan: AccessPlan };

/** Writes what accounts may read that no order here has given. */
export async function writeCarriedAccess(
  transaction: Queryable,
  publisherId: number,
  planned: readonly PlannedAccess[],
): Promise<void> {
  const added = planned.flatMap(({ accountId, plan }) =>
    plan.does === 'add' ? [{ accountId, ...plan.access }] : [],
  );
  const moved = planned.flatMap(({ plan }) => (plan.does === 'move end' ? [plan] : []));
  if (added.length > 0) {
    await transaction.query(insertGrants, [
      publisherId,
      added.map(({ accountId }) => accountId),
      added.map(({ kind }) => kind),
      added.map(({ product }) => product ?? null),
      added.map(({ issue }) => issue ?? null),
      added.map(({ articleRef }) => articleRef ?? null),
      added.map(({ categoryType }) => categoryType ?? null),
      added.map(({ startsAt }) => startsAt.toISOString()),
      added.map(({ endsAt }) => endsAt?.toISOString() ?? null),
    ]);
  }
  if (moved.length === 0) return;
  await transaction.query(moveEnds, [
    publisherId,
    moved.map(({ orderId }) => orderId),
    moved.map(({ endsAt }) => endsAt?.toISOString() ?? null),
  ]);
}
