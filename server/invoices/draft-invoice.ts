import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { OrderEvent } from '../orders/order.ts';
import { takerOf } from '../orders/payment-methods.ts';

type OrderCompleted = Extract<OrderEvent, { name: 'order completed' }>;

const insertDrafts = sql(
  'invoices.insertDrafts',
  `INSERT INTO invoices (publisher_id, order_id, customer_number, state, amount_minor, currency, drafted_at)
   SELECT orders.publisher_id, orders.order_id, customer_number, 'draft', amount_minor, currency,
     (SELECT leveret_now())
   FROM (SELECT DISTINCT * FROM unnest($1::integer[], $2::bigint[])) AS completed (publisher_id, order_id)
   JOIN orders ON orders.order_id = completed.order_id AND orders.publisher_id = completed.publisher_id
   ORDER BY orders.order_id
   ON CONFLICT (order_id) DO NOTHING`,
);

/** Bills an order that is paid by invoice. The number comes later, so that no two orders wait for it. */
export const draftInvoice: NowStep<unknown, Transaction, OrderCompleted> = {
  stepName: 'draftInvoice',
  reports: [],
  async run(_context, transaction, events) {
    const billed = events.filter((event) => takerOf(event.paymentMethod) === 'invoice');
    if (billed.length === 0) return;
    await transaction.query(insertDrafts, [
      billed.map((event) => event.publisherId),
      billed.map((event) => event.orderId),
    ]);
  },
};
