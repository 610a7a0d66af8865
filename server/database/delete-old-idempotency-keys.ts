import { type Queryable, sql } from './statement.ts';

const hoursKept = 72;
const rowsAtATime = 1000;

const deleteOld = sql(
  'idempotencyKeys.deleteOld',
  `DELETE FROM idempotency_keys WHERE (client_id, operation, key) IN (
     SELECT client_id, operation, key FROM idempotency_keys
     WHERE created_at < leveret_now() - interval '${hoursKept} hours'
     ORDER BY created_at LIMIT $1 FOR UPDATE SKIP LOCKED)
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
