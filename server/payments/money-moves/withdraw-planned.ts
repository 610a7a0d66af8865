import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';

// A planned capture is of one line. Nobody has heard of it, so that its amount may still change.
const findPlanned = sql(
  'paymentOperations.findPlanned',
  `SELECT operation_id, amount_minor, line_numbers[1] AS line_number FROM payment_operations
   WHERE attempt_id = $1 AND kind = 'capture' AND state = 'created' AND due_at > (SELECT leveret_now())
   ORDER BY line_numbers[1] = ANY ($2::smallint[]) DESC, due_at DESC, operation_id FOR UPDATE`,
);

const lowerStatement = sql(
  'paymentOperations.lowerPlanned',
  `UPDATE payment_operations SET amount_minor = amount_minor - $2, line_amounts = ARRAY[amount_minor - $2],
     vat_minor = round(vat_minor::numeric * (amount_minor - $2) / amount_minor)
   WHERE operation_id = $1`,
);

const withdrawStatement = sql(
  'paymentOperations.withdrawPlanned',
  `UPDATE payment_operations SET state = 'failed', code = 'withdrawn', ended_at = (SELECT leveret_now())
   WHERE operation_id = $1`,
);

type PlannedRow = { operation_id: number; amount_minor: number };

/** Takes so much back from captures that wait for their day, those of the given lines first. */
export async function withdrawPlanned(
  transaction: Transaction,
  attemptId: number,
  { amountMinor, lineNumbers }: { amountMinor: number; lineNumbers: readonly number[] },
): Promise<void> {
  let left = amountMinor;
  for (const row of await transaction.query<PlannedRow>(findPlanned, [attemptId, lineNumbers])) {
    if (left <= 0) return;
    if (row.amount_minor <= left) await transaction.query(withdrawStatement, [row.operation_id]);
    else await transaction.query(lowerStatement, [row.operation_id, left]);
    left -= row.amount_minor;
  }
}
