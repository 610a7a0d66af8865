import { type Queryable, sql } from '../database/statement.ts';

// A payment on a page is older than the order that takes it. After a failover the clock may be behind.
const findStatement = sql(
  'orders.findBeginning',
  `SELECT least(registered_at, (
     SELECT min(created_at) FROM payment_attempts attempts WHERE attempts.order_id = orders.order_id))
     - interval '1 day' AS at
   FROM orders WHERE publisher_id = $1 AND order_id = $2`,
);

/**
 * Nothing of an order is older than this. Given to a statement as a value, it keeps partitions of former
 * times out of the plan: to plan all of them takes longer than to look into them.
 */
export async function findBeginning(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<Date | undefined> {
  const [row] = await database.query<{ at: Date }>(findStatement, [publisherId, orderId]);
  return row?.at;
}
