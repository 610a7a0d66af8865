import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
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

/**
 * No payment on a page is left alone: one whose window is over is ended and asked about, and what no order
 * used in time goes back.
 */
export async function sweepPagePayments({ database }: { database: Database }): Promise<void> {
  await database.transaction('sweep-page-payments', async (transaction) => {
    const rows = await transaction.query<{ publisher_id: number; page_payment_id: number }>(findDue, [
      giveBackAfterSeconds,
    ]);
    const jobs = rows.map((row) =>
      settlingJob({ publisherId: row.publisher_id, pagePaymentId: row.page_payment_id }),
    );
    await enqueue(transaction, jobs);
  });
}
