import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { bookMoney } from '../ledger/book-money.ts';

const sumsStatement = sql(
  'paymentOperations.sums',
  `SELECT authorized_minor AS "authorizedMinor",
     greatest(captured_minor, coalesce(captured, 0))::bigint AS "capturedMinor",
     greatest(refunded_minor, coalesce(refunded, 0))::bigint AS "refundedMinor",
     greatest(cancelled_minor, coalesce(cancelled, 0))::bigint AS "cancelledMinor"
   FROM payment_attempts, LATERAL (
     SELECT sum(amount_minor) FILTER (WHERE kind = 'capture') AS captured,
       sum(amount_minor) FILTER (WHERE kind = 'refund') AS refunded,
       sum(amount_minor) FILTER (WHERE kind = 'cancel') AS cancelled
     FROM payment_operations operations
     WHERE operations.attempt_id = payment_attempts.attempt_id AND operations.state = 'succeeded') sums
   WHERE publisher_id = $1 AND attempt_id = $2`,
);

type Sums = { authorizedMinor: number; capturedMinor: number; refundedMinor: number; cancelledMinor: number };

/**
 * Books at least what our own operations that succeeded come to, where nobody speaks of totals. Sums instead
 * of additions: the same operation is never counted twice, in whatever order it becomes known.
 */
export async function bookOperations(
  transaction: Transaction,
  about: { publisherId: number; attemptId: number },
): Promise<void> {
  const [sums] = await transaction.query<Sums>(sumsStatement, [about.publisherId, about.attemptId]);
  if (sums) await bookMoney(transaction, about, sums);
}
