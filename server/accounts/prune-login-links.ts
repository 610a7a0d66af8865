import { pruneNextBatch, pruneOf } from '../database/prune-next-batch.ts';
import type { Queryable } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { findKeptDays } from '../publishers/find-kept-days.ts';
import { unusedCodeKeptDays } from './login-link.ts';

const pruned = {
  table: 'login_links',
  id: 'link_id',
  // Links live for an hour or for weeks, so that they do not expire in the order of their ids.
  at: 'created_at',
};

const prune = pruneOf('loginLinks.prune', {
  ...pruned,
  condition: `old.expires_at < kept.until
    AND NOT EXISTS (SELECT FROM messages WHERE messages.link_id = old.link_id)`,
});

const pruneUnused = pruneOf('loginLinks.pruneUnused', {
  ...pruned,
  among: "cause = 'stranger' AND spent_at IS NULL",
  condition: `old.expires_at < (SELECT leveret_now())
    AND NOT EXISTS (SELECT FROM messages WHERE messages.link_id = old.link_id)`,
});

/**
 * Deletes links that opened their last door long ago, once no message refers to them; and codes that
 * strangers had sent and nobody used soon after their end, since they may name anybody.
 */
export async function pruneLoginLinks({ database }: { database: Queryable }): Promise<JobResult> {
  const kept = await findKeptDays(database, 'keepLinksDays');
  const old = await pruneNextBatch(database, prune, kept);
  const soon = kept.map(({ publisherId }) => ({ publisherId, days: unusedCodeKeptDays }));
  const unused = await pruneNextBatch(database, pruneUnused, soon);
  return old.kind === 'later' ? old : unused;
}
