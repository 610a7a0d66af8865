import { type Queryable, sql } from '../database/statement.ts';
import type { JobResult } from '../kit/work-queue/work.ts';
import { done } from '../kit/work-queue/work.ts';

const rowsAtATime = 1000;

const deleteStatement = sql(
  'keptBuyers.prune',
  `DELETE FROM kept_buyers WHERE order_id = ANY (ARRAY(
     SELECT order_id FROM kept_buyers WHERE kept_until <= (SELECT leveret_now())
     ORDER BY kept_until LIMIT $1 FOR UPDATE SKIP LOCKED)) RETURNING order_id`,
);

/** Forgets the buyers of documents that need not be kept any more. */
export async function pruneKeptBuyers({ database }: { database: Queryable }): Promise<JobResult> {
  const deleted = await database.query(deleteStatement, [rowsAtATime]);
  if (deleted.length < rowsAtATime) return done;
  return { kind: 'later', afterSeconds: 0, reason: 'there is more', isFailure: false };
}
