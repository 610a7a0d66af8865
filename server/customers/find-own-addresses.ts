import { type Queryable, sql } from '../database/statement.ts';
import { customerNumber, type PublisherId } from '../kit/ids.ts';
import { findAddresses } from './addresses-store.ts';
import type { StoredAddress } from './decide-address-change.ts';

export type OwnAddresses = {
  customerNumber: number | undefined;
  stored: readonly StoredAddress[];
  now: Date;
};

const findStatement = sql(
  'customers.findOwnNumber',
  `SELECT customer_number, (SELECT leveret_now()) AS now FROM accounts
   WHERE publisher_id = $1 AND account_id = $2`,
);

/**
 * The addresses of the customer that a reader is: those that were said to be the customer's, by them or the
 * publisher. What an order says is not shown, since whoever ordered may have named the reader by mistake.
 */
export async function findOwnAddresses(
  database: Queryable,
  publisherId: PublisherId,
  accountId: number,
): Promise<OwnAddresses | undefined> {
  type Row = { customer_number: number | null; now: Date };
  const [row] = await database.query<Row>(findStatement, [publisherId, accountId]);
  if (!row) return undefined;
  if (row.customer_number === null) return { customerNumber: undefined, stored: [], now: row.now };
  const key = { publisherId, customerNumber: customerNumber(row.customer_number) };
  return { customerNumber: row.customer_number, stored: await findAddresses(database, key), now: row.now };
}
