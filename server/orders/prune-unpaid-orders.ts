import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('orders.pruneUnpaid', {
  table: 'orders',
  id: 'order_id',
  at: 'registered_at',
  among: 'stopped_reason IS NOT NULL',
  condition: `old.ended_at < kept.until
    AND NOT EXISTS (SELECT FROM payments WHERE payments.order_id = old.order_id)
    AND NOT EXISTS (SELECT FROM prepayments WHERE prepayments.order_id = old.order_id)
    AND NOT EXISTS (SELECT FROM invoices WHERE invoices.order_id = old.order_id)
    AND NOT EXISTS (SELECT FROM cases WHERE cases.order_id = old.order_id)`,
  deletion: `lines AS (DELETE FROM order_lines USING gone WHERE order_lines.order_id = gone.order_id),
    parties AS (DELETE FROM order_parties USING gone WHERE order_parties.order_id = gone.order_id),
    options AS (DELETE FROM order_completions USING gone WHERE order_completions.order_id = gone.order_id),
    held AS (DELETE FROM grants USING gone WHERE grants.order_id = gone.order_id),
    assigned AS (DELETE FROM order_assignments USING gone WHERE order_assignments.order_id = gone.order_id),
    deleted AS (DELETE FROM orders USING gone WHERE orders.order_id = gone.order_id)`,
});

/** Deletes orders that stopped long ago and that nobody ever began to pay: there is nothing in them that the
 * books need. Their events stay, which name nobody. */
export async function pruneUnpaidOrders({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepUnpaidOrdersDays'));
}
