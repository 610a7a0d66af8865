import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { type ClosedRow, closedColumns, resolvedEvent } from './closed-case.ts';

type Moved = Extract<PaymentEvent, { name: 'payment captured' | 'payment released' }>;

const closeStatement = sql(
  'cases.closeCaptureDue',
  `UPDATE cases SET state = 'resolved', outcome = 'by_provider', resolved_by = 'provider',
     resolved_at = leveret_now()
   WHERE state = 'open' AND kind = 'capture due' AND (publisher_id, order_id, attempt_id) IN (
     SELECT publisher_id, order_id, attempt_id FROM payment_attempts
     WHERE authorized_minor <= captured_minor + cancelled_minor
       AND (publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[])))
   RETURNING ${closedColumns}`,
);

/** Nothing is reserved any more, so that no deadline is left to be missed. */
export const closeCaptureDue: NowStep<unknown, Transaction, Moved> = {
  stepName: 'closeCaptureDue',
  reports: ['case resolved'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<ClosedRow>(closeStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.attemptId),
    ]);
    if (rows.length > 0) await transaction.report(rows.map((row) => resolvedEvent(row, 'by_provider')));
  },
};
