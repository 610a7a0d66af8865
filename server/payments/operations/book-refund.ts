import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { OrderId, PublisherId } from '../../kit/ids.ts';
import { bookMoney } from '../book-money.ts';

// The reference is made from the attempt's own, so that one attempt is given back once.
const bookStatement = sql(
  'paymentOperations.bookRefundByHand',
  `INSERT INTO payment_operations (attempt_id, publisher_id, kind, reference, amount_minor, state, created_at,
     ended_at)
   SELECT attempt_id, publisher_id, 'refund', 'r' || substr(reference, 2), captured_minor - refunded_minor,
     'succeeded', leveret_now(), leveret_now()
   FROM payment_attempts
   WHERE publisher_id = $1 AND attempt_id = $2 AND state = 'secured' AND captured_minor > refunded_minor
   ON CONFLICT (reference) DO NOTHING RETURNING attempt_id`,
);

const findMoney = sql(
  'paymentAttempts.findMoney',
  `SELECT authorized_minor, captured_minor, cancelled_minor FROM payment_attempts
   WHERE publisher_id = $1 AND attempt_id = $2`,
);

type OfAttempt = { publisherId: PublisherId; orderId: OrderId; attemptId: number };
type Money = { authorized_minor: number; captured_minor: number; cancelled_minor: number };

/** Books that a person gave the money of an attempt back, once; nothing is booked where no money came. */
export async function bookRefund(transaction: Transaction, about: OfAttempt): Promise<void> {
  const key = [about.publisherId, about.attemptId];
  const booked = await transaction.query(bookStatement, key);
  const [money] = await transaction.query<Money>(findMoney, key);
  if (booked.length === 0 || !money) return;
  await bookMoney(transaction, about, {
    authorizedMinor: money.authorized_minor,
    capturedMinor: money.captured_minor,
    refundedMinor: money.captured_minor,
    cancelledMinor: money.cancelled_minor,
  });
}
