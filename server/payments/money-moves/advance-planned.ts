import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';

// Due from now on, so that its job finds it due.
const advanceStatement = sql(
  'paymentOperations.advancePlanned',
  `UPDATE payment_operations operations SET due_at = (SELECT leveret_now())
   FROM payment_attempts attempts
   WHERE attempts.attempt_id = operations.attempt_id AND attempts.publisher_id = $1 AND attempts.order_id = $2
     AND kind = 'capture' AND operations.state = 'created' AND due_at > (SELECT leveret_now())
     AND line_numbers <@ $3::smallint[]
   RETURNING operation_id AS "operationId", operations.attempt_id AS "attemptId",
     amount_minor AS "amountMinor"`,
);

type Planned = { operationId: number; attemptId: number; amountMinor: number };

/** Makes captures of these lines that were planned for later due now, and answers them. */
export function advancePlanned(
  transaction: Transaction,
  { publisherId, orderId }: { publisherId: number; orderId: number },
  lineNumbers: readonly number[],
): Promise<Planned[]> {
  return transaction.query<Planned>(advanceStatement, [publisherId, orderId, lineNumbers]);
}
