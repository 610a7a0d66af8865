import { type Queryable, sql } from '../database/statement.ts';

const leftStatement = sql(
  'invoices.findLeft',
  `SELECT amount_minor - credited_minor AS left_minor FROM invoices
   WHERE publisher_id = $1 AND order_id = $2`,
);

/** What of an order's bill is not credited yet, in minor units; 0 where there is no bill. */
export async function findInvoiceLeft(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<number> {
  const [row] = await database.query<{ left_minor: number }>(leftStatement, [publisherId, orderId]);
  return row?.left_minor ?? 0;
}
