import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type Settled = Extract<PaymentEvent, { name: 'operation settled' }>;

const noteStatement = sql(
  'orderLines.noteRefunded',
  `UPDATE order_lines SET refunded_minor = least(amount_minor, refunded_minor + settled.amount)
   FROM (SELECT attempts.publisher_id, attempts.order_id, part.line_number, sum(part.amount)::bigint AS amount
     FROM payment_operations operations JOIN payment_attempts attempts USING (attempt_id),
       unnest(line_numbers, line_amounts) AS part (line_number, amount)
     WHERE (operations.publisher_id, operation_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     GROUP BY attempts.publisher_id, attempts.order_id, part.line_number) settled
   WHERE order_lines.publisher_id = settled.publisher_id AND order_lines.order_id = settled.order_id
     AND order_lines.line_number = settled.line_number`,
);

/** Notes on each line what of it went back, or was given up before it was taken. */
export const noteRefundedLines: NowStep<unknown, Transaction, Settled> = {
  stepName: 'noteRefundedLines',
  reports: [],
  async run(_context, transaction, events) {
    const returned = events.filter((event) => event.kind !== 'capture');
    if (returned.length === 0) return;
    await transaction.query(noteStatement, [
      returned.map((event) => event.publisherId),
      returned.map((event) => event.operationId),
    ]);
  },
};
