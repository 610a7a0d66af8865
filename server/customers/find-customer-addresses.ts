import { type Queryable, sql } from '../database/statement.ts';
import type { Address } from './address.ts';
import { currentHome } from './address.ts';
import { findAddresses } from './addresses-store.ts';
import { addressOfOrder, type OrderPayer } from './customer-of-order.ts';
import type { CustomerKey } from './customers-store.ts';
import type { StoredAddress } from './decide-address-change.ts';

export type CustomerAddresses = {
  stored: readonly StoredAddress[];
  /** What the newest order says, where nobody has said a home address that holds. */
  ofOrder: Address | undefined;
  now: Date;
};

const findStatement = sql(
  'customers.findNewestPayer',
  `SELECT (SELECT leveret_now()) AS now,
     EXISTS (SELECT FROM customers WHERE publisher_id = $1 AND customer_number = $2) AS is_registered,
     (SELECT party FROM orders
      JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
      WHERE orders.publisher_id = $1 AND orders.customer_number = $2
      ORDER BY orders.order_id DESC LIMIT 1) AS party`,
);

type Row = { now: Date; is_registered: boolean; party: OrderPayer | null };

/** The addresses of a customer, as its publisher sees them; nothing where nobody has the number. */
export async function findCustomerAddresses(
  database: Queryable,
  key: CustomerKey,
): Promise<CustomerAddresses | undefined> {
  const [row] = await database.query<Row>(findStatement, [key.publisherId, key.customerNumber]);
  if (!row || (!row.is_registered && row.party === null)) return undefined;
  const stored = await findAddresses(database, key);
  const ofOrder = currentHome(stored, row.now) ? undefined : addressOfOrder(row.party ?? {});
  return { stored, ofOrder, now: row.now };
}
