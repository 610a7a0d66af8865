import { type Queryable, sql } from '../database/statement.ts';
import { cleanCode } from '../kit/clean-text.ts';
import { type OrderId, orderId } from '../kit/ids.ts';

// Both are looked for whatever was typed, so that every number costs the same.
const findStatement = sql(
  'orders.findNamed',
  `SELECT max(order_id) AS order_id FROM (
     SELECT order_id FROM orders WHERE publisher_id = $1 AND order_id = $2
     UNION ALL
     SELECT order_id FROM orders WHERE publisher_id = $1 AND external_order_id = $3) named`,
);

const longestNumber = 15;

/** The order of a publisher that a buyer names by our number or the site's own; the newest of several. */
export async function findNamedOrder(
  database: Queryable,
  publisherId: number,
  reference: string,
): Promise<OrderId | undefined> {
  const typed = cleanCode(reference);
  const isNumber = /^\d+$/.test(typed) && typed.length <= longestNumber;
  const values = [publisherId, isNumber ? Number(typed) : 0, typed];
  const [row] = await database.query<{ order_id: number | null }>(findStatement, values);
  return row?.order_id ? orderId(row.order_id) : undefined;
}
