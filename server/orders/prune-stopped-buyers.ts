import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('orderParties.pruneStopped', {
  table: 'orders',
  id: 'order_id',
  at: 'registered_at',
  among: 'stopped_reason IS NOT NULL',
  condition: `old.ended_at < kept.until AND NOT EXISTS (
    SELECT FROM payments WHERE payments.order_id = old.order_id
      AND (payments.captured_minor > 0 OR payments.refunded_minor > 0))
    AND NOT EXISTS (SELECT FROM prepayments WHERE prepayments.order_id = old.order_id)
    AND NOT EXISTS (SELECT FROM invoices WHERE invoices.order_id = old.order_id)`,
  deletion: `deleted AS (DELETE FROM order_parties USING gone WHERE order_parties.order_id = gone.order_id),
    keys AS (DELETE FROM payment_keys USING payments, gone
      WHERE payments.order_id = gone.order_id AND payment_keys.payment_id = payments.payment_id)`,
});

/** Deletes names and addresses of orders that stopped long ago and took no money, and with the keys of their
 * payments what providers said of the buyer. What a completed order says
 * of its buyer is a part of the books and stays. */
export async function pruneStoppedBuyers({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepStoppedBuyersDays'));
}
