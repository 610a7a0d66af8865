import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('acts.prune', { table: 'acts', id: 'act_id', at: 'at', condition: 'true' });

/** Deletes acts that the publisher keeps no longer; the database refuses to let go of any other. */
export async function pruneActs({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepActsDays'));
}
