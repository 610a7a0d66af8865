import { type Queryable, sql } from '../database/statement.ts';

/**
 * The same beside what else is read of `orders`. What the buyer pressed last stands, as it was shown last;
 * what was agreed on the site stands beside it.
 */
export const earlyStartColumn = `coalesce(orders.early_start, false) OR coalesce((
     SELECT checkouts.early_start FROM order_checkouts checkouts WHERE checkouts.order_id = orders.order_id
     ORDER BY checkout_id DESC LIMIT 1), false) AS early_start`;

const statement = sql(
  'orders.findEarlyStart',
  `SELECT ${earlyStartColumn}
   FROM orders WHERE orders.publisher_id = $1 AND orders.order_id = $2`,
);

/**
 * Whether the buyer has asked that what is bought begins at once, and agreed to what follows for the right of
 * withdrawal: on our page, unticked beforehand, or on the publisher's, as its client has told.
 * Directive 2011/83/EU, articles 7(3), 8(8) and 16(m).
 */
export async function findEarlyStart(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<boolean> {
  const [row] = await database.query<{ early_start: boolean }>(statement, [publisherId, orderId]);
  return row?.early_start ?? false;
}
