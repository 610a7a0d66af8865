import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { type ClosedRow, closedColumns, resolvedEvent } from './closed-case.ts';

type Settled = Extract<PaymentEvent, { name: 'attempt settled' }>;

const closeStatement = sql(
  'cases.closeSettled',
  `UPDATE cases SET state = 'resolved', outcome = 'by_provider', resolved_by = 'provider',
     resolved_at = leveret_now()
   WHERE state = 'open' AND kind = 'attempt unresolved' AND (publisher_id, order_id, attempt_id) IN (
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]))
   RETURNING ${closedColumns}`,
);

/** A late report of the provider answers the question that a case was waiting with. */
export const closeSettledCase: NowStep<unknown, Transaction, Settled> = {
  stepName: 'closeSettledCase',
  reports: ['case resolved'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<ClosedRow>(closeStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.attemptId),
    ]);
    if (rows.length > 0) await transaction.report(rows.map((row) => resolvedEvent(row, 'by_provider')));
  },
};
