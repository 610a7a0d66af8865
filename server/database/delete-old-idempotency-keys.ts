import { type Queryable, sql } from './statement.ts';

const hoursKept = 72;
const rowsAtATime = 1000;

// By place, where a locked row stays: a list of keys of unknown length may be matched by reading the table.
const deleteOld = sql(
  'idempotencyKeys.deleteOld',
  `DELETE FROM idempotency_keys WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM idempotency_keys
     WHERE created_at < (SELECT leveret_now()) - interval '${hoursKept} hours'
     ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED))
   RETURNING key`,
);

/** Deletes keys that are older than 72 hours, in small batches, and answers how many they were. */
export async function deleteOldIdempotencyKeys(context: { database: Queryable }): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await context.database.query(deleteOld, [rowsAtATime]);
    deleted += rows.length;
    if (rows.length < rowsAtATime) return deleted;
  }
}
