import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { owesNothing } from '../../orders/payment-methods.ts';
import type { LinePart } from '../payment.ts';
import { freeToCapture, lockMoney } from './attempt-money.ts';
import { isOfGoingBack } from './going-back.ts';
import { insertOperation } from './operations-store.ts';

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;
type OfOrder = { publisherId: number; orderId: number };

// What an offer says of its line: with the access, or when the line starts. The rest is captured by API.
const findDue = sql(
  'orderLines.findToCapture',
  `SELECT lines.publisher_id, lines.order_id, attempts.attempt_id, line_number, lines.amount_minor,
     CASE WHEN capture_when = 'start' AND starts_at > (SELECT leveret_now()) THEN starts_at END AS due_at
   FROM (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[])) AS completed (publisher_id, order_id)
   JOIN LATERAL (
     SELECT attempt_id FROM payment_attempts JOIN payments USING (payment_id)
     WHERE payment_attempts.order_id = completed.order_id AND purpose = 'order'
       AND payment_attempts.publisher_id = completed.publisher_id
       AND state = 'secured' AND payment_attempts.authorized_minor
         > payment_attempts.captured_minor + payment_attempts.cancelled_minor
       AND NOT EXISTS (SELECT FROM payment_operations operations
         WHERE operations.attempt_id = payment_attempts.attempt_id AND ${isOfGoingBack})
     ORDER BY attempt_id LIMIT 1) attempts ON true
   JOIN order_lines lines ON lines.order_id = completed.order_id
     AND lines.publisher_id = completed.publisher_id
   WHERE capture_when IN ('access', 'start') AND lines.amount_minor > 0
   ORDER BY lines.order_id, due_at NULLS FIRST, line_number`,
);

type DueRow = {
  publisher_id: number;
  order_id: number;
  attempt_id: number;
  line_number: number;
  amount_minor: number;
  due_at: Date | null;
};

/**
 * Writes the captures of what is reserved for completed orders, by the rule of each line's offer: what is due
 * with the access as one operation, and one for each line that starts later, carried out on that day.
 */
export const capturePayment: NowStep<unknown, Transaction, OrderCompleted> = {
  stepName: 'capturePayment',
  reports: ['operation wanted'],
  async run(_context, transaction, events) {
    const paid = events.filter((event) => !owesNothing(event));
    await planCaptures(transaction, paid);
  },
};

/** Plans the captures of these orders, whose rows the caller has locked. */
export async function planCaptures(transaction: Transaction, orders: readonly OfOrder[]): Promise<void> {
  if (orders.length === 0) return;
  const rows = await transaction.query<DueRow>(findDue, [
    orders.map((order) => order.publisherId),
    orders.map((order) => order.orderId),
  ]);
  for (const due of groupByDay(rows)) await writeDue(transaction, due);
}

/** Lines that are due at once are captured together, later ones each by itself. */
function groupByDay(rows: readonly DueRow[]): DueRow[][] {
  const groups = Map.groupBy(rows, (row) =>
    row.due_at === null ? `${row.order_id}` : `${row.order_id} ${row.line_number}`,
  );
  return [...groups.values()];
}

async function writeDue(transaction: Transaction, rows: readonly DueRow[]): Promise<void> {
  const [first] = rows;
  if (!first) return;
  await writeCapture(transaction, {
    publisherId: first.publisher_id,
    orderId: first.order_id,
    attemptId: first.attempt_id,
    amountMinor: rows.reduce((sum, row) => sum + row.amount_minor, 0),
    parts: rows.map((row) => ({ lineNumber: row.line_number, amountMinor: row.amount_minor })),
    cause: first.due_at === null ? 'access' : 'start',
    begins: first.due_at ?? 'now',
  });
}

type NewCapture = OfOrder & {
  attemptId: number;
  amountMinor: number;
  /** Nothing where it is an amount of the whole. */
  parts: readonly LinePart[] | undefined;
  cause: string;
  begins: 'now' | Date;
};

/**
 * Writes one capture, of lines or of an amount of the whole, never of more than is reserved and free. Answers
 * its id, or nothing where nothing is left to take. The caller has locked the order.
 */
export async function writeCapture(
  transaction: Transaction,
  capture: NewCapture,
): Promise<number | undefined> {
  const { publisherId, attemptId } = capture;
  const money = await lockMoney(transaction, publisherId, attemptId);
  const amountMinor = Math.min(capture.amountMinor, money ? freeToCapture(money) : 0);
  if (amountMinor === 0) return undefined;
  const parts = capture.parts && takeParts(capture.parts, amountMinor);
  return insertOperation(transaction, { ...capture, kind: 'capture', amountMinor, parts });
}

/** The lines in order, as far as the limit goes; the last may be taken in part. */
export function takeParts(parts: readonly LinePart[], limitMinor: number): LinePart[] {
  let left = limitMinor;
  return parts.flatMap((part) => {
    const amountMinor = Math.min(part.amountMinor, left);
    left -= amountMinor;
    return amountMinor > 0 ? { ...part, amountMinor } : [];
  });
}
