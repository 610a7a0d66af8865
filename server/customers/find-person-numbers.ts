import { type Queryable, sql } from '../database/statement.ts';
import { isTheirNumber, type Key } from './decide-person.ts';
import { bytesOf } from './find-person-orders.ts';

const findStatement = sql(
  'customers.findNumbersOfPerson',
  `SELECT customers.customer_number, customers.customer_number IS NOT DISTINCT FROM $5::bigint AS is_chosen,
     EXISTS (SELECT FROM accounts WHERE accounts.publisher_id = $1
       AND accounts.account_id = ANY ($2::bigint[])
       AND accounts.customer_number = customers.customer_number) AS is_attached,
     EXISTS (SELECT FROM accounts WHERE accounts.publisher_id = $1 AND state <> 'closed'
       AND accounts.account_id <> ALL ($2::bigint[])
       AND accounts.customer_number = customers.customer_number) AS is_attached_to_others,
     EXISTS (SELECT FROM customer_contacts contacts WHERE contacts.publisher_id = $1
       AND contacts.customer_number = customers.customer_number
       AND contact_key = ANY ($4::bytea[])) AS names_them,
     EXISTS (SELECT FROM customer_contacts contacts WHERE contacts.publisher_id = $1
       AND contacts.customer_number = customers.customer_number AND contact_key <> ALL ($4::bytea[])
       AND (EXISTS (SELECT FROM credentials WHERE credentials.publisher_id = $1
           AND credential_key = contact_key AND proven_at IS NOT NULL
           AND credentials.account_id <> ALL ($2::bigint[]))
         OR EXISTS (SELECT FROM orders
           JOIN order_parties payers ON payers.order_id = orders.order_id AND line_number = 0
           WHERE orders.publisher_id = $1 AND orders.customer_number = customers.customer_number
             AND contact_key IN (payers.mobile_key, payers.email_key)
             AND orders.order_id <> ALL ($3::bigint[])))) AS names_others
   FROM (SELECT customer_number FROM orders WHERE order_id = ANY ($3::bigint[])
     UNION SELECT customer_number FROM accounts WHERE account_id = ANY ($2::bigint[])
     UNION SELECT $5::bigint) AS near (number)
   JOIN customers ON customers.publisher_id = $1 AND customers.customer_number = near.number
   ORDER BY customers.customer_number`,
);

type Row = {
  customer_number: number;
  is_chosen: boolean;
  is_attached: boolean;
  is_attached_to_others: boolean;
  names_them: boolean;
  names_others: boolean;
};

/** The numbers under which a person is registered, among those that their orders and accounts name. */
export async function findPersonNumbers(
  database: Queryable,
  publisherId: number,
  person: {
    accountIds: readonly number[];
    orderIds: readonly number[];
    keys: readonly Key[];
    chosen: number | undefined;
  },
): Promise<number[]> {
  const { accountIds, orderIds, keys, chosen = null } = person;
  const values = [publisherId, accountIds, orderIds, [...new Set(keys)].map(bytesOf), chosen];
  const rows = await database.query<Row>(findStatement, values);
  return rows
    .filter((row) =>
      isTheirNumber({
        isChosen: row.is_chosen,
        isAttached: row.is_attached,
        isAttachedToOthers: row.is_attached_to_others,
        namesThem: row.names_them,
        namesOthers: row.names_others,
      }),
    )
    .map((row) => row.customer_number);
}
