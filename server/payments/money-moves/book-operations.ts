import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { bookMoney } from '../ledger/book-money.ts';
import type { ProviderMoney } from '../port/provider-answer.ts';
import { atLeast } from './manual-part.ts';

// Of refunds, those of the provider: what a person gave back outside it is booked already.
const sumsStatement = sql(
  'paymentOperations.sums',
  `SELECT authorized_minor AS "authorizedMinor", coalesce(captured, 0)::bigint AS "capturedMinor",
     greatest(coalesce(refunded, 0) - refunded_manually_minor, 0)::bigint AS "refundedMinor",
     coalesce(cancelled, 0)::bigint AS "cancelledMinor"
   FROM payment_attempts, LATERAL (
     SELECT sum(amount_minor) FILTER (WHERE kind = 'capture') AS captured,
       sum(amount_minor) FILTER (WHERE kind = 'refund') AS refunded,
       sum(amount_minor) FILTER (WHERE kind = 'cancel') AS cancelled
     FROM payment_operations operations
     WHERE operations.attempt_id = payment_attempts.attempt_id AND operations.state = 'succeeded') sums
   WHERE publisher_id = $1 AND attempt_id = $2`,
);

/**
 * Books what the provider tells of the money, and at least what our own operations that succeeded come to:
 * totals that it read before it moved the money are older than that. Sums instead of additions: the same
 * operation is never counted twice, in whatever order it becomes known.
 */
export async function bookOperations(
  transaction: Transaction,
  about: { publisherId: number; attemptId: number },
  told?: ProviderMoney,
): Promise<void> {
  const [sums] = await transaction.query<ProviderMoney>(sumsStatement, [about.publisherId, about.attemptId]);
  if (sums) await bookMoney(transaction, about, told ? atLeast(told, sums) : sums);
}
