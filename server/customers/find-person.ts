import { type Queryable, sql } from '../database/statement.ts';
import type { ErasedPerson } from './customer.ts';
import type { CustomerKey } from './customers-store.ts';

/**
 * The accounts are those that are attached to the number, and those that orders under it belong to where the
 * account has proven what paid for them. What another payer's order says is that payer's.
 */
const findStatement = sql(
  'customers.findPerson',
  `WITH numbered AS MATERIALIZED (
     SELECT orders.order_id, orders.account_id, mobile_key, email_key, mobile, email FROM orders
     LEFT JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
     WHERE orders.publisher_id = $1 AND orders.customer_number = $2
   ), people AS MATERIALIZED (
     SELECT account_id FROM accounts WHERE publisher_id = $1 AND customer_number = $2
     UNION SELECT numbered.account_id FROM numbered
     JOIN credentials ON credentials.account_id = numbered.account_id AND proven_at IS NOT NULL
       AND credential_key IN (numbered.mobile_key, numbered.email_key)
   ), own AS MATERIALIZED (
     SELECT credential_key, credential FROM credentials
     WHERE publisher_id = $1 AND account_id IN (SELECT account_id FROM people)
   ), assigned AS MATERIALIZED (
     SELECT orders.order_id, mobile, email, mobile_key, email_key,
       coalesce(mobile_key IN (SELECT credential_key FROM own), false)
         OR coalesce(email_key IN (SELECT credential_key FROM own), false) AS is_paid_by_them
     FROM orders LEFT JOIN order_parties ON order_parties.order_id = orders.order_id AND line_number = 0
     WHERE orders.account_id IN (SELECT account_id FROM people) AND orders.publisher_id = $1
       AND orders.customer_number <> $2
   ), paid AS MATERIALIZED (
     SELECT order_id, mobile, email, mobile_key, email_key FROM numbered
     UNION SELECT order_id, mobile, email, mobile_key, email_key FROM assigned WHERE is_paid_by_them)
   SELECT ARRAY(SELECT account_id FROM people ORDER BY 1) AS account_ids,
     ARRAY(SELECT order_id FROM paid ORDER BY 1) AS order_ids,
     ARRAY(SELECT order_id FROM assigned WHERE NOT is_paid_by_them ORDER BY 1) AS given_order_ids,
     ARRAY(SELECT credential_key FROM own
       UNION SELECT mobile_key FROM paid WHERE mobile_key IS NOT NULL
       UNION SELECT email_key FROM paid WHERE email_key IS NOT NULL
       UNION SELECT contact_key FROM customer_contacts
       WHERE publisher_id = $1 AND customer_number = $2) AS keys,
     ARRAY(SELECT credential FROM own UNION SELECT mobile FROM paid WHERE mobile IS NOT NULL
       UNION SELECT email FROM paid WHERE email IS NOT NULL) AS contacts`,
);

type Row = {
  account_ids: number[];
  order_ids: number[];
  given_order_ids: number[];
  keys: Buffer[];
  contacts: string[];
};

export async function findPerson(
  database: Queryable,
  { publisherId, customerNumber }: CustomerKey,
): Promise<ErasedPerson> {
  const [row] = await database.query<Row>(findStatement, [publisherId, customerNumber]);
  if (!row) throw new Error('the person was not looked for');
  return {
    accountIds: row.account_ids,
    orderIds: row.order_ids,
    givenOrderIds: row.given_order_ids,
    keys: row.keys,
    contacts: row.contacts,
  };
}
