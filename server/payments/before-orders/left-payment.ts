import { type Queryable, sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { resultGoodForSeconds } from '../../orders/payment-result.ts';

/**
 * A result is signed for 24 hours. Ten minutes later no registration that was begun in time can still be on
 * its way; what no order that stands has taken by then goes back.
 */
const refundAfterSeconds = resultGoodForSeconds + 600;

// Money that is still held decides, not what was done about it before: what failed, and was let be, is done
// again a day later, and what the provider took meanwhile goes back too.
const isLeft = `attempts.order_id IS NULL AND attempts.state = 'secured'
     AND (attempts.authorized_minor > attempts.captured_minor + attempts.cancelled_minor
       OR attempts.captured_minor > attempts.refunded_minor)
     AND attempts.ended_at <= (SELECT leveret_now()) - interval '${refundAfterSeconds} seconds'
     AND EXISTS (SELECT FROM payments
       WHERE payments.payment_id = attempts.payment_id AND purpose = 'order')
     AND NOT EXISTS (SELECT FROM payment_operations operations
       WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('capture', 'cancel', 'refund')
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand'))
     AND NOT EXISTS (SELECT FROM cases WHERE cases.attempt_id = attempts.attempt_id
       AND (cases.state = 'open' OR cases.resolved_at > (SELECT leveret_now()) - interval '1 day'))`;

const findLeft = sql(
  'paymentAttempts.findLeft',
  `SELECT publisher_id AS "publisherId", attempt_id AS "attemptId" FROM payment_attempts attempts
   WHERE ${isLeft} AND NOT EXISTS (SELECT FROM jobs
     WHERE jobs.name = 'give-back-unattached' AND jobs.key = attempts.attempt_id::text)
   ORDER BY ended_at LIMIT 200`,
);

export type LeftPayment = { publisherId: number; attemptId: number };

/**
 * Payments that no order has taken in time, whose money is still held, and that nothing is under way with
 * and no person is to look at, or has within a day. The first two hundred that have no job.
 */
export function findLeftPayments(transaction: Transaction): Promise<LeftPayment[]> {
  return transaction.query<LeftPayment>(findLeft);
}

const isStillLeft = sql(
  'paymentAttempts.isLeft',
  `SELECT 1 AS found FROM payment_attempts attempts WHERE attempt_id = $1 AND ${isLeft}`,
);

/** Whether a payment is such a one. To decide by it, lock the payment before. */
export async function isLeftPayment(database: Queryable, attemptId: number): Promise<boolean> {
  return (await database.query(isStillLeft, [attemptId])).length > 0;
}
