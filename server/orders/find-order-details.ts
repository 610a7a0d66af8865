import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';

export type LineRow = {
  line_number: number;
  spec_type: string;
  offer_code: string | null;
  offer_number: number | null;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  description: string;
  quantity: number;
  unit_price_minor: number;
  discount_minor: number;
  amount_minor: number;
  vat_basis_points: number;
  vat_minor: number;
  ended_reason: string | null;
  refunded_minor: number;
  captured_minor: number;
  capture_pending_minor: number;
  refund_pending_minor: number;
  attributes: Record<string, unknown>;
};

const linesStatement = sql(
  'orderLines.find',
  `SELECT line_number, spec_type, offer_code, offer_number, product_code, issue_code, article_ref,
     description, quantity, unit_price_minor, discount_minor, amount_minor, vat_basis_points, vat_minor,
     ended_reason, refunded_minor, attributes, moved.*
   FROM order_lines lines, LATERAL (
     SELECT coalesce(sum(part.amount) FILTER (WHERE kind = 'capture' AND is_done), 0)::bigint
         AS captured_minor,
       coalesce(sum(part.amount) FILTER (WHERE kind = 'capture' AND NOT is_done), 0)::bigint
         AS capture_pending_minor,
       coalesce(sum(part.amount) FILTER (WHERE kind <> 'capture' AND NOT is_done), 0)::bigint
         AS refund_pending_minor
     FROM (SELECT kind, line_numbers, line_amounts, operations.state = 'succeeded' AS is_done
       FROM payments JOIN payment_attempts attempts USING (payment_id)
         JOIN payment_operations operations USING (attempt_id)
       WHERE payments.order_id = lines.order_id AND purpose = 'order'
         AND operations.state <> 'failed') operations,
       unnest(line_numbers, line_amounts) AS part (number, amount)
     WHERE part.number = lines.line_number) moved
   WHERE order_id = $2 AND publisher_id = $1 ORDER BY line_number`,
);

export function findLines(database: Queryable, publisherId: number, orderId: number): Promise<LineRow[]> {
  return database.query<LineRow>(linesStatement, [publisherId, orderId]);
}

const partiesStatement = sql(
  'orderParties.find',
  `SELECT line_number, party FROM order_parties
   WHERE order_id = $2 AND publisher_id = $1 ORDER BY line_number`,
);

/** Personal data of the payer (line 0) and the receivers. */
export function findParties(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<{ line_number: number; party: Record<string, unknown> }[]> {
  return database.query(partiesStatement, [publisherId, orderId]);
}

const grantsStatement = sql(
  'grants.findOfOrder',
  `SELECT line_number, kind, product_code, issue_code, article_ref, category_type, starts_at, ends_at,
     revoked_at
   FROM grants WHERE order_id = $2 AND publisher_id = $1 ORDER BY line_number, kind, period_number`,
);

export type GrantRow = {
  line_number: number;
  kind: string;
  product_code: string | null;
  issue_code: string | null;
  article_ref: string | null;
  category_type: string | null;
  starts_at: Date;
  ends_at: Date | null;
  revoked_at: Date | null;
};

export function findGrantsOfOrder(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<GrantRow[]> {
  return database.query<GrantRow>(grantsStatement, [publisherId, orderId]);
}

const moneyStatement = sql(
  'orders.findMoney',
  `SELECT invoice_number, kid, due_on::text AS due_on, invoices.state AS invoice_state,
     authorized_minor, captured_minor, refunded_minor, cancelled_minor, disputed_minor, credited_minor,
     capture_pending_minor, refund_pending_minor
   FROM orders
     LEFT JOIN invoices ON invoices.order_id = orders.order_id
     LEFT JOIN payments ON payments.order_id = orders.order_id AND payments.purpose = 'order'
     LEFT JOIN LATERAL (
       SELECT coalesce(sum(amount_minor) FILTER (WHERE kind = 'capture'), 0)::bigint AS capture_pending_minor,
         coalesce(sum(amount_minor) FILTER (WHERE kind IN ('cancel', 'refund')), 0)::bigint
           AS refund_pending_minor
       FROM payment_attempts attempts JOIN payment_operations operations USING (attempt_id)
       WHERE attempts.payment_id = payments.payment_id
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand')) under_way ON true
   WHERE orders.order_id = $2 AND orders.publisher_id = $1`,
);

export type MoneyRow = {
  invoice_number: number | null;
  kid: string | null;
  due_on: string | null;
  invoice_state: string | null;
  authorized_minor: number | null;
  captured_minor: number | null;
  refunded_minor: number | null;
  cancelled_minor: number | null;
  disputed_minor: number | null;
  credited_minor: number | null;
  capture_pending_minor: number;
  refund_pending_minor: number;
};

/** The bill and the payment of an order, where there is one. */
export async function findMoney(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<MoneyRow | undefined> {
  const [row] = await database.query<MoneyRow>(moneyStatement, [publisherId, orderId]);
  return row;
}

const askedStatement = sql(
  'orders.findAsked',
  `SELECT transaction_id, evidence, released_at, callback_url, credential, return_url, error_url,
     link_lifetime_seconds, asked_at
   FROM orders LEFT JOIN prepayments USING (order_id) LEFT JOIN order_completions USING (order_id)
   WHERE orders.order_id = $2 AND orders.publisher_id = $1`,
);

export type AskedRow = {
  transaction_id: string | null;
  evidence: Record<string, unknown> | null;
  released_at: Date | null;
  callback_url: string | null;
  credential: string | null;
  return_url: string | null;
  error_url: string | null;
  link_lifetime_seconds: number | null;
  asked_at: Date | null;
};

/** How the publisher said the order was paid, and what it asked for when completing it. */
export async function findAsked(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<AskedRow | undefined> {
  const [row] = await database.query<AskedRow>(askedStatement, [publisherId, orderId]);
  return row;
}
