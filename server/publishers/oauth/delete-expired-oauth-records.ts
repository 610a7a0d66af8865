import type { Queryable } from '../../database/statement.ts';
import { deleteExpiredRecords } from './records-store.ts';

const rowsAtATime = 500;

/** Deletes records that nobody can use any more, in small batches, and answers how many they were. */
export async function deleteExpiredOauthRecords(context: { database: Queryable }): Promise<number> {
  let deleted = 0;
  for (;;) {
    const rows = await context.database.query(deleteExpiredRecords, [rowsAtATime]);
    deleted += rows.length;
    if (rows.length < rowsAtATime) return deleted;
  }
}
