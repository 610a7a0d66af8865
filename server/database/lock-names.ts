import { sql } from './statement.ts';
import type { Transaction } from './transaction.ts';

// In one order, so that two transactions never wait for each other.
const lockStatement = sql(
  'names.lock',
  `SELECT pg_advisory_xact_lock(hashtextextended(name, 0))
   FROM (SELECT DISTINCT name FROM unnest($1::text[]) AS name ORDER BY name) AS names`,
);

/** Holds names until the transaction ends, in one node at a time; waits for whoever holds one of them. */
export async function lockNames(transaction: Transaction, names: readonly string[]): Promise<void> {
  if (names.length > 0) await transaction.query(lockStatement, [names]);
}
