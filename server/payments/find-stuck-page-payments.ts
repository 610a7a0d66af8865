import { type Queryable, sql } from '../database/statement.ts';

/** A payment on a page that only a person can settle at the provider; it leaves the list when it is. */
export type StuckPagePayment = { adapter: string; reference: string; code: string };

const findStatement = sql(
  'pagePayments.findStuck',
  `SELECT adapter, reference, coalesce(code, '') AS code FROM page_payments
   WHERE told_at IS NOT NULL AND state IN ('open', 'secured', 'giving_back')
   ORDER BY page_payment_id LIMIT 100`,
);

/** The first hundred. */
export function findStuckPagePayments(database: Queryable): Promise<StuckPagePayment[]> {
  return database.query<StuckPagePayment>(findStatement);
}
