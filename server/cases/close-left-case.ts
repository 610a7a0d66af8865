import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { type ClosedRow, closedColumns, resolvedEvent } from './closed-case.ts';

type Ended = Extract<OrderEvent, { name: 'order completed' | 'order stopped' }>;

const closeStatement = sql(
  'cases.closeLeft',
  `UPDATE cases SET state = 'resolved', outcome = 'dismissed', resolved_by = 'order',
    resolved_at = leveret_now()
   WHERE state = 'open' AND kind = 'prepaid order left'
     AND (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
   RETURNING ${closedColumns}`,
);

/** A prepaid order that was left, and then completed or cancelled after all, waits for nobody any more. */
export const closeLeftCase: NowStep<unknown, Transaction, Ended> = {
  stepName: 'closeLeftCase',
  reports: ['case resolved'],
  async run(_context, transaction, events) {
    const prepaid = events.filter((event) => event.prepaid);
    if (prepaid.length === 0) return;
    const rows = await transaction.query<ClosedRow>(closeStatement, [
      prepaid.map((event) => event.publisherId),
      prepaid.map((event) => event.orderId),
    ]);
    if (rows.length > 0) await transaction.report(rows.map((row) => resolvedEvent(row, 'dismissed')));
  },
};
