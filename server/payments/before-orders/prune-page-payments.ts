import { pruneNextBatch, pruneOf } from '../../database/prune-next-batch.ts';
import type { Queryable } from '../../database/statement.ts';
import type { JobResult } from '../../kit/work-queue/work.ts';
import { findKeptDays } from '../../publishers/find-kept-days.ts';

// Where money came and went back, the payment stays for the books, and what providers said of it goes.
const prune = pruneOf('pagePayments.prune', {
  table: 'page_payments',
  id: 'payment_id',
  at: 'created_at',
  condition: `EXISTS (SELECT FROM payments
      WHERE payments.payment_id = old.payment_id AND payments.order_id IS NULL
        AND captured_minor = refunded_minor AND authorized_minor <= captured_minor + cancelled_minor)
    AND NOT EXISTS (SELECT FROM payment_attempts attempts
      WHERE attempts.payment_id = old.payment_id AND state IN ('created', 'sent', 'pending', 'unknown'))`,
  deletion: `pages AS (DELETE FROM page_payments USING gone WHERE page_payments.payment_id = gone.payment_id),
    keys AS (DELETE FROM payment_keys USING gone WHERE payment_keys.payment_id = gone.payment_id),
    unpaid AS (SELECT payments.payment_id FROM payments JOIN gone USING (payment_id)
      WHERE authorized_minor = 0 ORDER BY payment_id FOR UPDATE OF payments),
    operations AS (DELETE FROM payment_operations USING payment_attempts attempts, unpaid
      WHERE attempts.payment_id = unpaid.payment_id
        AND payment_operations.attempt_id = attempts.attempt_id),
    attempts AS (DELETE FROM payment_attempts USING unpaid
      WHERE payment_attempts.payment_id = unpaid.payment_id),
    paid AS (DELETE FROM payments USING unpaid WHERE payments.payment_id = unpaid.payment_id)`,
});

/** Deletes what is kept of payments on publishers' pages that ended long ago and left no money here. */
export async function prunePagePayments({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepPagePaymentsDays'));
}
