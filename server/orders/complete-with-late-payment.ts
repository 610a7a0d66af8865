import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { eventFacts, type FactRow, factColumns } from './order-facts.ts';

type LatePaymentAccepted = Extract<PaymentEvent, { name: 'late money accepted' }>;

const reopenStatement = sql(
  'orders.completeWithLatePayment',
  `UPDATE orders SET state = 'completed', stopped_reason = NULL, ended_at = (SELECT leveret_now())
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[])) AND state = 'stopped'
   RETURNING ${factColumns}`,
);

/**
 * Completes stopped orders for which money came after all, with a callback of a higher sequence. The
 * database refuses this edge unless an outcome of the order carries money.
 */
export const completeWithLatePayment: NowStep<unknown, Transaction, LatePaymentAccepted> = {
  stepName: 'completeWithLatePayment',
  reports: ['order completed'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<FactRow>(reopenStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
    await transaction.report(
      rows.map((row) => ({ name: 'order completed' as const, sequence: 2, ...eventFacts(row) })),
    );
  },
};
