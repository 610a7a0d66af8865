import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerDetails } from './customer.ts';
import { customerOfOrder, type OrderPayer } from './customer-of-order.ts';
import type { CustomerKey } from './customers-store.ts';

export type FoundCustomer = {
  customerNumber: number;
  details: CustomerDetails;
  /** Whether somebody said who the customer is, or only the newest order does. */
  isRegistered: boolean;
  /** Who may read as this customer: accounts that were attached, then those that orders belong to. */
  uniqueUserIds: readonly string[];
};

const findStatement = sql(
  'customers.findMany',
  `SELECT asked.number, customers.details, coalesce(is_said, false) AS is_said, newest.party,
     ARRAY(SELECT unique_user_id FROM accounts
       WHERE accounts.publisher_id = $1 AND state <> 'closed' AND account_id IN (
         SELECT account_id FROM accounts WHERE publisher_id = $1 AND customer_number = asked.number
         UNION ALL
         SELECT account_id FROM orders WHERE publisher_id = $1 AND customer_number = asked.number)
       ORDER BY customer_number IS NOT DISTINCT FROM asked.number DESC, account_id LIMIT 100) AS users
   FROM unnest($2::bigint[]) WITH ORDINALITY AS asked (number, position)
   LEFT JOIN customers ON customers.publisher_id = $1 AND customers.customer_number = asked.number
   LEFT JOIN LATERAL (
     SELECT party FROM orders
     JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
     WHERE orders.publisher_id = $1 AND orders.customer_number = asked.number
     ORDER BY orders.order_id DESC LIMIT 1) newest ON true
   WHERE customers.details IS NOT NULL OR newest.party IS NOT NULL
   ORDER BY position`,
);

type Row = {
  number: number;
  details: CustomerDetails | null;
  is_said: boolean;
  party: OrderPayer | null;
  users: string[];
};

/** The customers of a publisher with these numbers, in their order; a number that nobody has is left out. */
export async function findCustomers(
  database: Queryable,
  publisherId: number,
  numbers: readonly number[],
): Promise<FoundCustomer[]> {
  const rows = await database.query<Row>(findStatement, [publisherId, numbers]);
  return rows.map(({ number, details, is_said: isSaid, party, users }) => ({
    customerNumber: number,
    details: details && (isSaid || !party) ? details : customerOfOrder(party ?? {}),
    isRegistered: isSaid,
    uniqueUserIds: users,
  }));
}

/** One customer of a publisher; nothing where nobody has the number. */
export async function findCustomer(
  database: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<FoundCustomer | undefined> {
  const [customer] = await findCustomers(database, publisherId, [customerNumber]);
  return customer;
}
