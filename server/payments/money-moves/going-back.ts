import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AttemptMoney } from './attempt-money.ts';

/** Of an operation: all the money of its attempt goes back, as late, as too much, or with its order. */
export const isOfGoingBack = `cause IN ('give-back due', 'surplus money', 'order stopped')`;

const findStatement = sql(
  'paymentOperations.findGoingBack',
  `SELECT DISTINCT attempt_id FROM payment_operations
   WHERE publisher_id = $1 AND attempt_id = ANY ($2::bigint[]) AND ${isOfGoingBack}`,
);

/**
 * The attempts whose money pays their order: what is to go back is never taken for it, also where it could
 * not be given back yet. The caller has locked them.
 */
export async function findStaying(
  transaction: Transaction,
  publisherId: number,
  attempts: readonly AttemptMoney[],
): Promise<AttemptMoney[]> {
  const values = [publisherId, attempts.map((one) => one.attempt_id)];
  const rows = await transaction.query<{ attempt_id: number }>(findStatement, values);
  return attempts.filter((one) => !rows.some((row) => row.attempt_id === one.attempt_id));
}
