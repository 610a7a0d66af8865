import { unusedCodeKeptDays } from '../accounts/login-link.ts';
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

const pruneUnused = pruneOf('messages.pruneUnused', {
  table: 'login_links',
  id: 'link_id',
  at: 'created_at',
  among: "cause = 'stranger' AND spent_at IS NULL",
  condition: 'old.expires_at < (SELECT leveret_now())',
  deletion: `deleted AS (DELETE FROM messages USING gone WHERE messages.link_id = gone.link_id
    AND messages.state NOT IN ('waiting', 'unknown'))`,
});

/**
 * Deletes messages that were sent, or given up, long ago: they name a reader's address. Those with codes
 * that strangers had sent and nobody used go soon: whoever they name may never have asked for them.
 */
export async function pruneMessages({ database }: { database: Queryable }): Promise<JobResult> {
  const kept = await findKeptDays(database, 'keepMessagesDays');
  const old = await pruneNextBatch(database, prune, kept);
  const soon = kept.map(({ publisherId }) => ({ publisherId, days: unusedCodeKeptDays }));
  const unused = await pruneNextBatch(database, pruneUnused, soon);
  return old.kind === 'later' ? old : unused;
}
