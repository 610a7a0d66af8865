import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import { enqueue } from '../kit/work-queue/work-store.ts';
import { orderOf } from './payment.ts';
import { resolveAttempt } from './resolve-attempt.ts';
import { startPayment } from './start-payment.ts';

// A job that waits for the end of the buyer's window looks after no session that was lost with its process.
const findForgotten = sql(
  'orders.findForgottenPayments',
  `SELECT orders.publisher_id, orders.order_id, open.attempt_id
   FROM orders LEFT JOIN payment_attempts open ON open.order_id = orders.order_id
     AND open.state IN ('sent', 'pending', 'unknown')
   WHERE orders.is_paying
     AND NOT EXISTS (
       SELECT FROM cases WHERE cases.publisher_id = orders.publisher_id AND cases.order_id = orders.order_id
         AND (cases.state = 'open' OR cases.resolved_at > leveret_now() - interval '1 day'))
     AND (open.flow IS NOT DISTINCT FROM 'browser' OR NOT EXISTS (
       SELECT FROM jobs WHERE jobs.name = 'start-payment' AND jobs.key = orders.order_id::text))
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'resolve-attempt'
       AND jobs.key = open.attempt_id::text)
   ORDER BY orders.order_id LIMIT 200`,
);

type Row = { publisher_id: number; order_id: number; attempt_id: number | null };

/**
 * No payment may be left without a question: an order that is paying, with neither work under way nor an
 * open case, gets its job again. That happens after a job was given up, after a restore from a backup, and a
 * day after a person dismissed the case.
 */
export async function sweepOpenPayments(context: { database: Database }): Promise<void> {
  await context.database.transaction('sweep-payments', async (transaction) => {
    const rows = await transaction.query<Row>(findForgotten);
    const jobs = rows.flatMap((row) => {
      const about = orderOf({ publisherId: row.publisher_id, orderId: row.order_id });
      const job =
        row.attempt_id === null
          ? startPayment.jobFor({ name: 'payment wanted', ...about })
          : resolveAttempt.jobFor({ name: 'payment pending', ...about, attemptId: row.attempt_id });
      return job ?? [];
    });
    await enqueue(transaction, jobs);
  });
}
