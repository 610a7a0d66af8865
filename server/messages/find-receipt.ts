import { type Queryable, sql } from '../database/statement.ts';
import type { FoundAgreement } from '../payments/agreements/find-agreement.ts';

const orderStatement = sql(
  'messages.findReceiptOrder',
  `SELECT asked.position, orders.order_id, orders.payment_method, orders.amount_minor, orders.currency,
     orders.ended_at AS completed_at, publishers.name, publishers.time_zone, publishers.country,
     publishers.settings, agreed.agreed, agreed.reference,
     (SELECT min((coalesce(starts_at, orders.ended_at) AT TIME ZONE time_zone
         + period_length * ('1 ' || period_type)::interval) AT TIME ZONE time_zone)
       FROM order_lines lines WHERE lines.order_id = orders.order_id
         AND period_length IS NOT NULL AND period_type IS NOT NULL) AS renews_at
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, order_id, position)
     JOIN orders ON orders.order_id = asked.order_id AND orders.publisher_id = asked.publisher_id
     JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN LATERAL (
       SELECT agreed, reference FROM payment_attempts
       WHERE payment_attempts.order_id = orders.order_id AND state = 'secured' AND agreed IS NOT NULL
       ORDER BY attempt_id LIMIT 1) agreed ON true
   WHERE orders.state = 'completed'`,
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
  `SELECT asked.position, line_number, description, quantity, unit_price_minor, discount_minor, amount_minor,
     vat_basis_points, vat_minor
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, order_id, position)
     JOIN order_lines lines ON lines.order_id = asked.order_id AND lines.publisher_id = asked.publisher_id
   ORDER BY asked.position, line_number`,
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

/** Which of the orders that were asked for a row is of, from 1 on: the same may be asked for twice. */
type Asked = { position: number };

export type FoundReceipt = { order: ReceiptOrder; lines: ReceiptLineRow[] };

/** What the receipts of these orders tell, in their order; nothing for one that is not completed. */
export async function findReceipts(
  database: Queryable,
  keys: readonly { publisherId: number; orderId: number }[],
): Promise<(FoundReceipt | undefined)[]> {
  const columns = [keys.map((key) => key.publisherId), keys.map((key) => key.orderId)];
  const orders = await database.query<ReceiptOrder & Asked>(orderStatement, columns);
  const rows = await database.query<ReceiptLineRow & Asked>(linesStatement, columns);
  const found = new Map(orders.map(({ position, ...order }) => [position, order]));
  const lines = Map.groupBy(rows, (row) => row.position);
  return keys.map((_key, index) => {
    const order = found.get(index + 1);
    return order && { order, lines: lines.get(index + 1) ?? [] };
  });
}
