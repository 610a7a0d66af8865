import { Type } from 'typebox';
import { type Queryable, sql } from '../../database/statement.ts';
import { type Currency, isCurrency, toMajor } from '../../kit/money.ts';

const amount = Type.Number({ description: 'major units, VAT included' });

export const OperationReply = Type.Object({
  operationId: Type.Integer(),
  kind: Type.String({ description: 'capture, cancel (of what is only reserved) or refund' }),
  amount,
  state: Type.String({ description: 'created, sent, unknown, by_hand, succeeded or failed' }),
});

export const WarningReply = Type.Object({
  field: Type.String(),
  rule: Type.String(),
  message: Type.String(),
});

const operationsStatement = sql(
  'paymentOperations.findReply',
  `SELECT operation_id, kind, amount_minor, state FROM payment_operations
   WHERE publisher_id = $1 AND operation_id = ANY ($2::bigint[]) ORDER BY operation_id`,
);

type Row = { operation_id: number; kind: string; amount_minor: number; state: string };

/** The operations that a request began, as a reply shows them. */
export async function showOperations(
  database: Queryable,
  publisherId: number,
  ids: readonly number[],
  currency: Currency,
) {
  const rows = await database.query<Row>(operationsStatement, [publisherId, ids]);
  return rows.map((row) => ({
    operationId: row.operation_id,
    kind: row.kind,
    amount: toMajor(row.amount_minor, currency),
    state: row.state,
  }));
}

const totalsStatement = sql(
  'orders.findMoneyTotals',
  `SELECT orders.currency, coalesce(done.captured, 0)::bigint AS captured,
     (coalesce(done.refunded, 0) + coalesce(invoices.credited_minor, 0))::bigint AS refunded,
     coalesce(open.capturing, 0)::bigint AS capturing, coalesce(open.returning, 0)::bigint AS returning
   FROM orders LEFT JOIN invoices ON invoices.order_id = orders.order_id,
     LATERAL (SELECT sum(captured_minor) AS captured, sum(refunded_minor + cancelled_minor) AS refunded
       FROM payments WHERE payments.order_id = orders.order_id AND purpose = 'order') done,
     LATERAL (SELECT sum(operations.amount_minor) FILTER (WHERE kind = 'capture') AS capturing,
         sum(operations.amount_minor) FILTER (WHERE kind IN ('cancel', 'refund')) AS returning
       FROM payments JOIN payment_attempts attempts USING (payment_id)
         JOIN payment_operations operations USING (attempt_id)
       WHERE payments.order_id = orders.order_id AND purpose = 'order'
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand')) open
   WHERE orders.publisher_id = $1 AND orders.order_id = $2`,
);

type Totals = { currency: string; captured: number; refunded: number; capturing: number; returning: number };

/** What of an order's money is taken and has gone back in all, and what is on the way, in minor units. */
export async function findTotals(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<Totals & { currency: Currency }> {
  const [row] = await database.query<Totals>(totalsStatement, [publisherId, orderId]);
  if (!row || !isCurrency(row.currency)) throw new Error('the order is gone, or its currency is unknown');
  return { ...row, currency: row.currency };
}
