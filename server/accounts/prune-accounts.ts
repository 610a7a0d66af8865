import { type Queryable, sql } from '../database/statement.ts';
import { longestLimitSeconds } from './attempt-budgets.ts';

const rowsAtATime = 1000;

const deleteAttempts = sql(
  'attemptCounters.deleteOld',
  `DELETE FROM attempt_counters WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM attempt_counters
     WHERE attempted_at < (SELECT leveret_now()) - $2 * interval '1 second'
     ORDER BY attempted_at LIMIT $1 FOR UPDATE SKIP LOCKED))
   RETURNING counter`,
);

const deleteSessions = sql(
  'sessions.deleteExpired',
  `DELETE FROM sessions WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM sessions WHERE expires_at < (SELECT leveret_now())
     ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED))
   RETURNING session_sha256`,
);

/** Deletes attempts that no limit looks back on, and sessions that are over, in small batches. */
export async function pruneAccounts(context: {
  database: Queryable;
}): Promise<{ attempts: number; sessions: number }> {
  const attempts = await deleteAll(context.database, deleteAttempts, [rowsAtATime, longestLimitSeconds]);
  const sessions = await deleteAll(context.database, deleteSessions, [rowsAtATime]);
  return { attempts, sessions };
}

async function deleteAll(
  database: Queryable,
  statement: typeof deleteSessions,
  values: readonly unknown[],
): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await database.query(statement, values);
    deleted += rows.length;
    if (rows.length < rowsAtATime) return deleted;
  }
}
