import { type Queryable, sql } from '../database/statement.ts';
import type { ErasedPerson } from './customer.ts';
import type { Running } from './why-not-erase.ts';

const findStatement = sql(
  'customers.findRunning',
  `SELECT
     (SELECT count(*) FROM orders WHERE order_id = ANY ($2::bigint[] || $3::bigint[])
        AND state IN ('registered', 'paying'))::integer AS "openOrders",
     (SELECT count(*) FROM payment_attempts attempts WHERE order_id = ANY ($2::bigint[])
        AND (authorized_minor > captured_minor + cancelled_minor OR EXISTS (
          SELECT FROM payment_operations operations WHERE operations.attempt_id = attempts.attempt_id
            AND kind IN ('capture', 'cancel', 'refund')
            AND operations.state IN ('created', 'sent', 'unknown', 'by_hand'))))::integer AS "moneyUnderWay",
     (SELECT count(*) FROM invoices WHERE order_id = ANY ($2::bigint[])
        AND state = 'draft')::integer AS "draftInvoices",
     (SELECT count(*) FROM payment_agreements WHERE order_id = ANY ($2::bigint[])
        AND state = 'active')::integer AS "activeAgreements",
     (SELECT count(*) FROM subscriptions WHERE order_id = ANY ($2::bigint[]) AND stopped_at IS NULL
        AND EXISTS (SELECT FROM subscription_periods periods
          WHERE periods.subscription_id = subscriptions.subscription_id
            AND periods.ends_at > (SELECT leveret_now())))::integer AS "runningSubscriptions",
     (SELECT count(*) FROM withdrawals WHERE withdrawal_id = ANY ($4::bigint[])
        AND state = 'to_check')::integer AS "withdrawalsToCheck",
     (SELECT count(*) FROM cases WHERE order_id = ANY ($2::bigint[])
        AND state = 'open')::integer AS "openCases"
   WHERE $1::integer IS NOT NULL`,
);

/** What a person still has running. */
export async function findRunning(
  database: Queryable,
  publisherId: number,
  { orderIds, givenOrderIds, withdrawalIds }: ErasedPerson,
): Promise<Running> {
  const values = [publisherId, orderIds, givenOrderIds, withdrawalIds];
  const [row] = await database.query<Running>(findStatement, values);
  if (!row) throw new Error('what is running was not counted');
  return row;
}
