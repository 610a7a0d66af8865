import { sql } from '../../database/statement.ts';
import type { Database } from '../../database/transaction.ts';
import { confirmSoon } from './confirm-prepayment.ts';
import { giveBackSoon } from './give-back-unattached.ts';
import { findLeftPayments } from './left-payment.ts';

const findUnconfirmed = sql(
  'payments.findUnconfirmed',
  `SELECT orders.publisher_id AS "publisherId", orders.order_id AS "orderId"
   FROM payments JOIN orders USING (order_id)
   WHERE to_confirm AND orders.state = 'completed'
     AND NOT EXISTS (SELECT FROM jobs WHERE jobs.name = 'confirm-prepayment'
       AND jobs.key = orders.order_id::text)
     AND NOT EXISTS (SELECT FROM cases WHERE cases.publisher_id = orders.publisher_id
       AND cases.order_id = orders.order_id AND kind IN ('prepayment mismatch', 'withdrawal refund due')
       AND (cases.state = 'open' OR cases.resolved_at > (SELECT leveret_now()) - interval '1 day'))
   ORDER BY payment_id LIMIT 200`,
);

/**
 * No payment that was made before its order is left alone: what no order has taken in time goes back, and
 * what a completed order has is confirmed and taken, also after a job was given up or a case dismissed.
 */
export async function sweepUnattachedPayments({ database }: { database: Database }): Promise<void> {
  await database.transaction('sweep-unconfirmed', async (transaction) => {
    await confirmSoon(
      transaction,
      await transaction.query<{ publisherId: number; orderId: number }>(findUnconfirmed),
    );
  });
  await database.transaction('sweep-unattached', async (transaction) => {
    await giveBackSoon(transaction, await findLeftPayments(transaction));
  });
}
