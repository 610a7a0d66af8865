import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { PaymentEvent } from './payment.ts';

// The reference is made from the attempt's own, so that one attempt is given back once.
const bookStatement = sql(
  'payments.bookRefund',
  `WITH booked AS (
     INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state,
       created_at,
       ended_at)
     SELECT attempts.attempt_id, attempts.publisher_id, 'refund', 'r' || substr(attempts.reference, 2),
       charge.amount_minor, 'succeeded', leveret_now(), leveret_now()
     FROM payment_attempts attempts JOIN payment_operations charge
       ON charge.attempt_id = attempts.attempt_id AND charge.kind = 'charge'
     WHERE attempts.publisher_id = $1 AND attempts.attempt_id = $2 AND attempts.state = 'secured'
     ON CONFLICT (reference) DO NOTHING RETURNING attempt_id, amount_minor)
   UPDATE payments SET refunded_minor = refunded_minor + booked.amount_minor
   FROM booked JOIN payment_attempts USING (attempt_id)
   WHERE payments.payment_id = payment_attempts.payment_id
   RETURNING booked.amount_minor`,
);

type OfAttempt = { publisherId: PublisherId; orderId: OrderId; attemptId: number };

/** Books that a person gave the money of an attempt back, once; nothing is booked where no money came. */
export async function bookRefund(transaction: Transaction, about: OfAttempt): Promise<void> {
  const { publisherId, orderId, attemptId } = about;
  const rows = await transaction.query<{ amount_minor: number }>(bookStatement, [publisherId, attemptId]);
  await transaction.report<PaymentEvent>(
    rows.map((row) => ({
      name: 'payment refunded',
      publisherId,
      orderId,
      amountMinor: row.amount_minor,
    })),
  );
}
