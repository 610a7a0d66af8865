import { findProfile } from '../accounts/find-profile.ts';
import { type Queryable, sql } from '../database/statement.ts';
import type { CustomerDetails } from './customer.ts';

export type OwnCustomer = { customerNumber: number | undefined; details: CustomerDetails };

const findStatement = sql(
  'customers.findOwn',
  `SELECT customers.customer_number, details FROM accounts
   JOIN customers ON customers.publisher_id = accounts.publisher_id
     AND customers.customer_number = accounts.customer_number
   WHERE accounts.publisher_id = $1 AND account_id = $2 AND is_said`,
);

/**
 * Who a reader is as a customer. What somebody has said of a number is shown only to an account that is
 * attached to it. Where nobody has, a reader sees what their profile says: nothing that they have not proven,
 * and the name of their own newest order. What the newest order under the number says may be another's.
 */
export async function findOwnCustomer(
  database: Queryable,
  publisherId: number,
  accountId: number,
): Promise<OwnCustomer | undefined> {
  type Row = { customer_number: number; details: CustomerDetails };
  const [row] = await database.query<Row>(findStatement, [publisherId, accountId]);
  if (row) return { customerNumber: row.customer_number, details: row.details };
  const profile = await findProfile(database, publisherId, accountId);
  if (!profile) return undefined;
  const ofKind = (kind: 'email' | 'mobile') =>
    profile.credentials.filter((one) => one.kind === kind).map(({ credential }) => credential);
  return {
    customerNumber: profile.customerNumber,
    details: {
      name: profile.name,
      emails: ofKind('email'),
      phoneNumbers: ofKind('mobile').map((phoneNumber) => ({
        phoneNumber,
        phoneNumberType: 'mobile',
      })),
    },
  };
}
