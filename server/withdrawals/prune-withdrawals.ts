import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('withdrawals.prune', {
  table: 'withdrawals',
  id: 'withdrawal_id',
  at: 'recorded_at',
  condition: "old.state IN ('refused', 'repeated')",
});

/**
 * Deletes statements that took no effect, long ago: they name who made them. What took effect belongs to the
 * books, and what waits for a person stays.
 */
export async function pruneWithdrawals({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepWithdrawalsDays'));
}
