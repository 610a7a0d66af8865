import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { BilledLine } from './billed-line.ts';

const billed = `lines.order_id, lines.line_number, lines.spec_type, lines.product_code, lines.article_ref,
  lines.description, lines.amount_minor, lines.vat_minor, lines.starts_at, lines.ended_reason,
  invoices.invoice_number, invoices.issued_at, invoices.state AS invoice_state`;

const ofOrders = sql(
  'orderLines.findBilled',
  `SELECT ${billed}
   FROM unnest($2::bigint[]) AS wanted (order_id)
     JOIN order_lines lines ON lines.order_id = wanted.order_id AND lines.publisher_id = $1
     LEFT JOIN invoices ON invoices.order_id = lines.order_id
   ORDER BY lines.order_id DESC, lines.line_number`,
);

/** The lines of orders that the caller may see, with the bill of each; by order, then in their own order. */
export function findBilledLines(
  database: Queryable,
  publisherId: number,
  orderIds: readonly number[],
): Promise<BilledLine[]> {
  return database.query<BilledLine>(ofOrders, [publisherId, orderIds]);
}

const singlePurchases = sql(
  'orders.findSinglePurchases',
  `WITH bought AS MATERIALIZED (
     SELECT order_id, customer_number, currency, ordered_at, attributes ->> 'companyCode' AS company_code
     FROM orders
     WHERE account_id = $2 AND publisher_id = $1 AND state = 'completed' AND order_id < $3
       AND EXISTS (SELECT FROM order_lines
         WHERE order_lines.order_id = orders.order_id AND spec_type <> 'coupon')
     ORDER BY order_id DESC LIMIT $4)
   SELECT bought.customer_number, bought.currency, bought.ordered_at, bought.company_code, ${billed}
   FROM bought JOIN order_lines lines ON lines.order_id = bought.order_id AND spec_type <> 'coupon'
     LEFT JOIN invoices ON invoices.order_id = lines.order_id
   ORDER BY lines.order_id DESC, lines.line_number`,
);

export type SinglePurchase = BilledLine & {
  customer_number: number;
  currency: string;
  ordered_at: Date;
  company_code: string | null;
};

/** What an account has bought beside subscriptions: lines of `limit` completed orders, newest first. */
export function findSinglePurchases(
  database: Queryable,
  asked: { publisherId: number; accountId: number; beforeOrderId: number | undefined; limit: number },
): Promise<SinglePurchase[]> {
  const { publisherId, accountId, beforeOrderId = Number.MAX_SAFE_INTEGER, limit } = asked;
  return database.query<SinglePurchase>(singlePurchases, [publisherId, accountId, beforeOrderId, limit]);
}
