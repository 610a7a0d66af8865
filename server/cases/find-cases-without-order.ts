import { type Queryable, sql } from '../database/statement.ts';

/** An open case about a payment that no order has: nobody comes upon it by an order. */
export type CaseWithoutOrder = { adapter: string; reference: string; kind: string };

const findStatement = sql(
  'cases.findWithoutOrder',
  `SELECT adapter, reference, kind FROM cases JOIN payment_attempts USING (attempt_id)
   WHERE cases.state = 'open' AND cases.order_id IS NULL ORDER BY case_id LIMIT 100`,
);

/** The first hundred. */
export function findCasesWithoutOrder(database: Queryable): Promise<CaseWithoutOrder[]> {
  return database.query<CaseWithoutOrder>(findStatement);
}
