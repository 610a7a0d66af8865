import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { bookManualRefund } from '../ledger/book-money.ts';
import { newReference } from '../ledger/new-reference.ts';

const bookStatement = sql(
  'paymentOperations.bookManualRefund',
  `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at,
     ended_at)
   SELECT attempt_id, publisher_id, 'refund', $3, least($4, captured_minor - refunded_minor), 'succeeded',
     (SELECT leveret_now()), (SELECT leveret_now())
   FROM payment_attempts
   WHERE publisher_id = $1 AND attempt_id = $2 AND state = 'secured' AND captured_minor > refunded_minor
   RETURNING amount_minor`,
);

type OfAttempt = { publisherId: number; attemptId: number };

/**
 * Books that a person gave the money of an attempt back, or so much of it, as far as it is not back yet;
 * nothing is booked where no money came. The caller holds the locks of the payment, so that it is booked
 * once.
 */
export async function bookRefund(
  transaction: Transaction,
  about: OfAttempt,
  amountMinor?: number,
): Promise<void> {
  const values = [about.publisherId, about.attemptId, newReference(), amountMinor];
  const [booked] = await transaction.query<{ amount_minor: number }>(bookStatement, values);
  if (booked) await bookManualRefund(transaction, about, booked.amount_minor);
}
