import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('messages.prune', {
  table: 'messages',
  id: 'message_id',
  at: 'created_at',
  condition: "old.state NOT IN ('waiting', 'unknown')",
});

/** Deletes messages that were sent, or given up, long ago: they name a reader's address. */
export async function pruneMessages({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepMessagesDays'));
}
