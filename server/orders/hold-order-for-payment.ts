import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type PaymentWanted = Extract<PaymentEvent, { name: 'payment wanted' }>;

const holdOrders = sql(
  'orders.holdForPayment',
  `UPDATE orders SET state = 'paying'
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND state = 'registered'`,
);

/** While a payment is open the order is `paying`, so that it neither expires nor is paid twice. */
export const holdOrderForPayment: NowStep<unknown, Transaction, PaymentWanted> = {
  stepName: 'holdOrderForPayment',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(holdOrders, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
  },
};
