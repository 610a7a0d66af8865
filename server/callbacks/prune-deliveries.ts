import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('deliveries.prune', {
  table: 'deliveries',
  id: 'delivery_id',
  at: 'created_at',
  condition: "old.state <> 'waiting' AND old.ended_at < kept.until",
});

/** Deletes callbacks and webhooks that ended long ago; what still waits is kept. */
export async function pruneDeliveries({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepDeliveriesDays'));
}
