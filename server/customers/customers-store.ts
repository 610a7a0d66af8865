import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerNumber, PublisherId } from '../kit/ids.ts';
import type { ReadCustomer } from './read-customer.ts';

export type CustomerKey = { publisherId: PublisherId; customerNumber: CustomerNumber };

const insertStatement = sql(
  'customers.insert',
  `INSERT INTO customers (publisher_id, customer_number, details, is_said, registered_at, changed_at)
   SELECT $1, $2, $3, $4, at, at FROM (SELECT (SELECT leveret_now()) AS at) AS now
   ON CONFLICT (publisher_id, customer_number) DO NOTHING RETURNING customer_number`,
);

/**
 * Writes who a customer is where none is written; answers whether none was. `isSaid` is whether somebody has
 * said who it is, or it is as an order or a profile has it at this moment.
 */
export async function insertCustomer(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
  { details, keys }: ReadCustomer,
  isSaid: boolean,
): Promise<boolean> {
  const values = [publisherId, customerNumber, JSON.stringify(details), isSaid];
  const inserted = await transaction.query(insertStatement, values);
  if (inserted.length === 0) return false;
  await transaction.query(insertContacts, [publisherId, customerNumber, keys]);
  return true;
}

const insertContacts = sql(
  'customerContacts.insert',
  `INSERT INTO customer_contacts (publisher_id, customer_number, contact_key)
   SELECT DISTINCT $1::integer, $2::bigint, key FROM unnest($3::bytea[]) AS key`,
);

const replaceStatement = sql(
  'customers.replace',
  `UPDATE customers SET details = $3, is_said = true, changed_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND customer_number = $2`,
);

const deleteContacts = sql(
  'customerContacts.deleteOfCustomer',
  'DELETE FROM customer_contacts WHERE publisher_id = $1 AND customer_number = $2',
);

/** Replaces all that is known of a customer who is locked. */
export async function replaceCustomer(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
  { details, keys }: ReadCustomer,
): Promise<void> {
  await transaction.query(replaceStatement, [publisherId, customerNumber, JSON.stringify(details)]);
  await transaction.query(deleteContacts, [publisherId, customerNumber]);
  await transaction.query(insertContacts, [publisherId, customerNumber, keys]);
}

const lockStatement = sql(
  'customers.lock',
  'SELECT customer_number FROM customers WHERE publisher_id = $1 AND customer_number = $2 FOR UPDATE',
);

/** Locks the customer, so that one change at a time looks at what is there; answers whether there is one. */
export async function lockCustomer(
  transaction: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<boolean> {
  return (await transaction.query(lockStatement, [publisherId, customerNumber])).length > 0;
}

const nextStatement = sql('customers.nextNumber', `SELECT nextval('customer_numbers') AS number`);

/** A number that no order and no customer has been given by us. */
export async function nextCustomerNumber(transaction: Queryable): Promise<number> {
  const [row] = await transaction.query<{ number: number }>(nextStatement);
  if (!row) throw new Error('the sequence of customer numbers answered nothing');
  return row.number;
}
