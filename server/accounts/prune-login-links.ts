import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';

const prune = pruneOf('loginLinks.prune', {
  table: 'login_links',
  id: 'link_id',
  // Links live for an hour or for weeks, so that they do not expire in the order of their ids.
  at: 'created_at',
  condition: `old.expires_at < kept.until
    AND NOT EXISTS (SELECT FROM messages WHERE messages.link_id = old.link_id)`,
});

/** Deletes links that opened their last door long ago, once no message refers to them. */
export async function pruneLoginLinks({ database }: { database: Queryable }): Promise<JobResult> {
  return pruneNextBatch(database, prune, await findKeptDays(database, 'keepLinksDays'));
}
