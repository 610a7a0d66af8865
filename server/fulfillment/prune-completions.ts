import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('orderCompletions.prune', {
  table: 'order_completions',
  id: 'order_id',
  at: 'asked_at',
  condition: `EXISTS (
    SELECT FROM orders WHERE orders.order_id = old.order_id AND orders.ended_at < kept.until
      AND (orders.state = 'stopped' OR orders.account_id IS NOT NULL OR old.credential IS NULL))`,
});

/**
 * Deletes what sites asked for when they completed orders that ended long ago: it names readers. While a
 * completed order is nobody's, nothing else tells whom it is for, and a link would go to a payer's address
 * that was corrected.
 */
export async function pruneCompletions({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepCompletionsDays'));
}
