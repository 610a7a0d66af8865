import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { transactionIdPrefix } from '../../orders/payment-result.ts';
import { orderOf } from '../payment.ts';
import { confirmingJob } from './confirm-prepayment.ts';
import { giveBackAfterSeconds, isUnused } from './move-page-payment.ts';
import { settlingJob } from './settle-page-payment.ts';

const findDue = sql(
  'pagePayments.findDue',
  `SELECT publisher_id, page_payment_id FROM page_payments
   WHERE (state = 'open' AND window_ends_at <= leveret_now() OR state = 'giving_back' OR ${isUnused})
     AND (told_at IS NULL OR told_at < leveret_now() - interval '1 day')
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'settle-page-payment'
       AND jobs.key = page_payment_id::text)
   ORDER BY page_payment_id LIMIT 200`,
);

const findUnconfirmed = sql(
  'pagePayments.findUnconfirmed',
  `SELECT orders.publisher_id, orders.order_id FROM page_payments
     JOIN prepayments ON prepayments.publisher_id = page_payments.publisher_id
       AND prepayments.payment_method = page_payments.payment_method
       AND transaction_id = '${transactionIdPrefix}' || reference AND released_at IS NULL
     JOIN orders ON orders.order_id = prepayments.order_id
   WHERE page_payments.state = 'secured' AND orders.state = 'completed'
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'confirm-prepayment'
       AND jobs.key = orders.order_id::text)
     AND NOT EXISTS (SELECT FROM cases WHERE cases.publisher_id = orders.publisher_id
       AND cases.order_id = orders.order_id AND kind = 'prepayment mismatch')
   ORDER BY orders.order_id LIMIT 200`,
);

/**
 * No payment on a page is left alone: one whose window is over is ended and asked about, what no order used
 * in time goes back, and what a completed order has is confirmed and taken, also after a job was given up.
 */
export async function sweepPagePayments({ database }: { database: Database }): Promise<void> {
  await database.transaction('sweep-page-payments', async (transaction) => {
    const rows = await transaction.query<{ publisher_id: number; page_payment_id: number }>(findDue, [
      giveBackAfterSeconds,
    ]);
    const jobs = rows.map((row) =>
      settlingJob({ publisherId: row.publisher_id, pagePaymentId: row.page_payment_id }),
    );
    const unconfirmed = await transaction.query<{ publisher_id: number; order_id: number }>(findUnconfirmed);
    const confirming = unconfirmed.map((row) =>
      confirmingJob(orderOf({ publisherId: row.publisher_id, orderId: row.order_id })),
    );
    await enqueue(transaction, [...jobs, ...confirming]);
  });
}
