import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { eventFacts, type FactRow, factColumns } from './order-facts.ts';

type PaymentSecured = Extract<PaymentEvent, { name: 'payment secured' }>;

const completeOrders = sql(
  'orders.complete',
  `UPDATE orders SET state = 'completed', ended_at = (SELECT leveret_now())
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND state IN ('registered', 'paying')
   RETURNING ${factColumns}`,
);

/**
 * Completes what is registered or paying; an order that has ended already stays as it is. Who reports several
 * orders at once has locked them by their order.
 */
export const completeOrder: NowStep<unknown, Transaction, PaymentSecured> = {
  stepName: 'completeOrder',
  reports: ['order completed'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<FactRow>(completeOrders, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
    await transaction.report(
      rows.map((row) => ({ name: 'order completed' as const, sequence: 1, ...eventFacts(row) })),
    );
  },
};
