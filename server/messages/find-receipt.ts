import { type Queryable, sql } from '../database/statement.ts';
import type { FoundAgreement } from '../payments/agreements/find-agreement.ts';

const orderStatement = sql(
  'messages.findReceiptOrder',
  `SELECT orders.order_id, orders.payment_method, orders.amount_minor, orders.currency,
     orders.ended_at AS completed_at, publishers.name, publishers.time_zone, publishers.country,
     publishers.settings, agreed.agreed, agreed.reference,
     (SELECT min((coalesce(starts_at, orders.ended_at) AT TIME ZONE time_zone
         + period_length * ('1 ' || period_type)::interval) AT TIME ZONE time_zone)
       FROM order_lines lines WHERE lines.order_id = orders.order_id
         AND period_length IS NOT NULL AND period_type IS NOT NULL) AS renews_at
   FROM orders JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN LATERAL (
       SELECT agreed, reference FROM payment_attempts
       WHERE payment_attempts.order_id = orders.order_id AND state = 'secured' AND agreed IS NOT NULL
       ORDER BY attempt_id LIMIT 1) agreed ON true
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 AND orders.state = 'completed'`,
);

export type ReceiptOrder = {
  order_id: number;
  payment_method: string | null;
  amount_minor: number;
  currency: string;
  completed_at: Date;
  name: string;
  time_zone: string;
  country: string;
  settings: object;
  /** What the buyer agreed to pay later, and the try that asked for it. */
  agreed: FoundAgreement['terms'] | null;
  reference: string | null;
  /** When the first of what renews is paid again. */
  renews_at: Date | null;
};

const linesStatement = sql(
  'messages.findReceiptLines',
  `SELECT line_number, description, quantity, unit_price_minor, discount_minor, amount_minor,
     vat_basis_points, vat_minor
   FROM order_lines WHERE publisher_id = $1 AND order_id = $2 ORDER BY line_number`,
);

export type ReceiptLineRow = {
  line_number: number;
  description: string;
  quantity: number;
  unit_price_minor: number;
  discount_minor: number;
  amount_minor: number;
  vat_basis_points: number;
  vat_minor: number;
};

export type FoundReceipt = { order: ReceiptOrder; lines: ReceiptLineRow[] };

/** What the receipt of an order tells. */
export async function findReceipt(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<FoundReceipt> {
  const [[order], lines] = await Promise.all([
    database.query<ReceiptOrder>(orderStatement, [publisherId, orderId]),
    database.query<ReceiptLineRow>(linesStatement, [publisherId, orderId]),
  ]);
  if (!order) throw new Error('the order of a receipt is not completed');
  return { order, lines };
}
