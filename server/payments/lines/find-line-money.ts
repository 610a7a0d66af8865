import { type Queryable, sql } from '../../database/statement.ts';

/** What of an order's line was taken and given back, or is on its way. All in minor units. */
export type LineMoney = {
  line_number: number;
  amount: number;
  /** Captured by an operation for this line, or on the way to be. */
  captured: number;
  /** Waits for its day to be captured. */
  planned: number;
  /** The latest of those days. */
  planned_for: Date | null;
  /** Refunded, released or credited, or on the way to be. */
  given_back: number;
};

const linesStatement = sql(
  'orderLines.findMoney',
  `SELECT lines.line_number, lines.amount_minor AS amount, moved.captured, moved.planned,
     moved.planned_for,
     greatest(moved.given_back, lines.refunded_minor)::bigint AS given_back
   FROM order_lines lines, LATERAL (
     SELECT coalesce(sum(part.amount) FILTER (WHERE kind = 'capture' AND NOT is_planned), 0)::bigint
         AS captured,
       coalesce(sum(part.amount) FILTER (WHERE kind = 'capture' AND is_planned), 0)::bigint AS planned,
       max(due_at) FILTER (WHERE kind = 'capture' AND is_planned) AS planned_for,
       coalesce(sum(part.amount) FILTER (WHERE kind <> 'capture'), 0)::bigint AS given_back
     FROM (SELECT kind, line_numbers, line_amounts, due_at,
         operations.state = 'created' AND coalesce(due_at > (SELECT leveret_now()), false) AS is_planned
       FROM payments JOIN payment_attempts attempts USING (payment_id)
         JOIN payment_operations operations USING (attempt_id)
       WHERE payments.order_id = lines.order_id AND purpose = 'order'
         AND operations.state <> 'failed') operations,
       unnest(line_numbers, line_amounts) AS part (line_number, amount)
     WHERE part.line_number = lines.line_number) moved
   WHERE lines.publisher_id = $1 AND lines.order_id = $2 ORDER BY lines.line_number`,
);

/** The money of each line of an order. To decide by it, lock the order before. */
export function findLineMoney(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<LineMoney[]> {
  return database.query<LineMoney>(linesStatement, [publisherId, orderId]);
}
