import { type Queryable, sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AttemptState, Purpose } from '../payment.ts';
import { answerStandsSeconds, isLeft, takenWithinSeconds } from './left-payment-rule.ts';

// The rule of `isLeft`, as far as it takes to find candidates among all: what is done goes by the rule.
const findLeft = sql(
  'paymentAttempts.findLeft',
  `SELECT publisher_id AS "publisherId", attempt_id AS "attemptId" FROM payment_attempts attempts
   WHERE attempts.order_id IS NULL AND attempts.state = 'secured'
     AND (attempts.authorized_minor > attempts.captured_minor + attempts.cancelled_minor
       OR attempts.captured_minor > attempts.refunded_minor)
     AND attempts.ended_at <= (SELECT leveret_now()) - interval '${takenWithinSeconds} seconds'
     AND EXISTS (SELECT FROM payments
       WHERE payments.payment_id = attempts.payment_id AND purpose = 'order')
     AND NOT EXISTS (SELECT FROM payment_operations operations
       WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('capture', 'cancel', 'refund')
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand'))
     AND NOT EXISTS (SELECT FROM cases WHERE cases.attempt_id = attempts.attempt_id
       AND (cases.state = 'open'
         OR cases.resolved_at > (SELECT leveret_now()) - interval '${answerStandsSeconds} seconds'))
     AND NOT EXISTS (SELECT FROM jobs
       WHERE jobs.name = 'give-back-unattached' AND jobs.key = attempts.attempt_id::text)
   ORDER BY ended_at LIMIT 200`,
);

export type LeftPayment = { publisherId: number; attemptId: number };

/** Payments that are left, by `isLeft`: the first two hundred that have no job. */
export function findLeftPayments(transaction: Transaction): Promise<LeftPayment[]> {
  return transaction.query<LeftPayment>(findLeft);
}

const findHeld = sql(
  'paymentAttempts.findHeld',
  `SELECT purpose, attempts.order_id, attempts.state, attempts.authorized_minor, attempts.captured_minor,
     attempts.refunded_minor, attempts.cancelled_minor,
     extract(epoch FROM (SELECT leveret_now()) - attempts.ended_at)::float8 AS ended_seconds_ago,
     EXISTS (SELECT FROM payment_operations operations
       WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('capture', 'cancel', 'refund')
         AND operations.state IN ('created', 'sent', 'unknown', 'by_hand')) AS is_under_way,
     answers.has_open_case, answers.answered_seconds_ago
   FROM payment_attempts attempts JOIN payments USING (payment_id), LATERAL (
     SELECT bool_or(cases.state = 'open') AS has_open_case,
       extract(epoch FROM (SELECT leveret_now()) - max(resolved_at))::float8 AS answered_seconds_ago
     FROM cases WHERE cases.attempt_id = attempts.attempt_id) answers
   WHERE attempt_id = $1`,
);

type HeldRow = {
  purpose: Purpose;
  order_id: number | null;
  state: AttemptState;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  cancelled_minor: number;
  ended_seconds_ago: number | null;
  is_under_way: boolean;
  has_open_case: boolean | null;
  answered_seconds_ago: number | null;
};

/** Whether a payment is left, by `isLeft`. To decide by it, lock the payment before. */
export async function isLeftPayment(database: Queryable, attemptId: number): Promise<boolean> {
  const [row] = await database.query<HeldRow>(findHeld, [attemptId]);
  if (!row) return false;
  return isLeft({
    purpose: row.purpose,
    hasOrder: row.order_id !== null,
    state: row.state,
    money: {
      authorizedMinor: row.authorized_minor,
      capturedMinor: row.captured_minor,
      refundedMinor: row.refunded_minor,
      cancelledMinor: row.cancelled_minor,
    },
    endedSecondsAgo: row.ended_seconds_ago ?? undefined,
    isUnderWay: row.is_under_way,
    hasOpenCase: row.has_open_case === true,
    answeredSecondsAgo: row.answered_seconds_ago ?? undefined,
  });
}
