import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;

const creditStatement = sql(
  'invoices.credit',
  `UPDATE invoices SET credited_minor = credited_minor + credited.amount,
     state = CASE WHEN credited_minor + credited.amount = amount_minor THEN 'credited' ELSE state END
   FROM (SELECT publisher_id, order_id, sum(amount)::bigint AS amount
     FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS given (publisher_id, order_id, amount)
     GROUP BY publisher_id, order_id) credited
   WHERE invoices.publisher_id = credited.publisher_id AND invoices.order_id = credited.order_id`,
);

/** Credits what goes back of a bill. A draft that is credited whole never gets a number. */
export const creditInvoice: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'creditInvoice',
  reports: [],
  async run(_context, transaction, events) {
    const credited = events.filter((event) => event.refundBy === 'credit note');
    if (credited.length === 0) return;
    await transaction.query(creditStatement, [
      credited.map((event) => event.publisherId),
      credited.map((event) => event.orderId),
      credited.map((event) => event.amountMinor),
    ]);
  },
};
