import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AttemptRow } from './attempts-store.ts';

const leaveStatement = sql(
  'payments.leaveToBuyer',
  `UPDATE payments SET flow = 'browser' WHERE payment_id = $1 AND flow = 'direct'`,
);

/**
 * What could not be taken with no buyer at a screen is taken in the browser: until its window ends, the buyer
 * can pay at the order's address, and completing by API answers `buyer_must_act`.
 */
export async function leaveToBuyer(transaction: Transaction, attempt: AttemptRow): Promise<void> {
  await transaction.query(leaveStatement, [attempt.payment_id]);
}
