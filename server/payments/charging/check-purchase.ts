import { type Queryable, sql } from '../../database/statement.ts';

const checkStatement = sql(
  'paymentAttempts.mayBePaid',
  `SELECT 1 AS found FROM payment_attempts attempts JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = attempts.order_id
   WHERE attempts.publisher_id = $1 AND attempt_id = $2 AND attempts.state IN ('sent', 'pending', 'unknown')
     AND payments.amount_minor = $3 AND payments.currency = $4 AND window_ends_at > (SELECT leveret_now())
     AND orders.state = 'paying' AND orders.cancel_asked_at IS NULL`,
);

/** Whether an attempt may be paid now, for the amount that the provider is about to take. */
export async function checkPurchase(
  database: Queryable,
  attempt: { publisherId: number; attemptId: number },
  purchase: { amountMinor: number; currency: string },
): Promise<boolean> {
  const values = [attempt.publisherId, attempt.attemptId, purchase.amountMinor, purchase.currency];
  return (await database.query(checkStatement, values)).length > 0;
}
