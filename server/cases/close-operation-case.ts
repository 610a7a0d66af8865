import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { type ClosedRow, closedColumns, resolvedEvent } from './closed-case.ts';

type Settled = Extract<PaymentEvent, { name: 'operation settled' }>;

const closeStatement = sql(
  'cases.closeOfOperations',
  `UPDATE cases SET state = 'resolved', outcome = 'by_provider', resolved_by = 'provider',
     resolved_at = leveret_now()
   WHERE state = 'open' AND (publisher_id, order_id, operation_id) IN (
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::bigint[]))
   RETURNING ${closedColumns}`,
);

/** The money moved after all: nobody needs to look any more. */
export const closeOperationCase: NowStep<unknown, Transaction, Settled> = {
  stepName: 'closeOperationCase',
  reports: ['case resolved'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<ClosedRow>(closeStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.operationId),
    ]);
    if (rows.length > 0) await transaction.report(rows.map((row) => resolvedEvent(row, 'by_provider')));
  },
};
