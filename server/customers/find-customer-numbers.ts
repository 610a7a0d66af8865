import { type Queryable, sql } from '../database/statement.ts';

/** What a customer is looked for by. Everything that is said must hold, and something must be said. */
export type CustomerFilter = {
  publisherId: number;
  customerNumber: number | undefined;
  /** Keys of an e-mail address and of a phone number. */
  keys: readonly Buffer[];
  uniqueUserId: string | undefined;
  reference: { referenceCode: string; externalId: string } | undefined;
  afterNumber: number | undefined;
  limit: number;
};

const byNumber = (given: string) =>
  `SELECT customer_number FROM customers WHERE publisher_id = $1 AND customer_number = ${given}
   UNION SELECT customer_number FROM orders WHERE publisher_id = $1 AND customer_number = ${given}`;

// Whoever has it now, whoever ordered by it, and who proved it.
const byKey = (given: string) =>
  `SELECT customer_number FROM customer_contacts WHERE publisher_id = $1 AND contact_key = ${given}
   UNION SELECT customer_number FROM order_parties JOIN orders USING (order_id)
   WHERE order_parties.publisher_id = $1 AND email_key = ${given} AND line_number = 0
   UNION SELECT customer_number FROM order_parties JOIN orders USING (order_id)
   WHERE order_parties.publisher_id = $1 AND mobile_key = ${given} AND line_number = 0
   UNION SELECT customer_number FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = ${given} AND proven_at IS NOT NULL
     AND customer_number IS NOT NULL`;

const byUser = (given: string) =>
  `SELECT customer_number FROM accounts
   WHERE publisher_id = $1 AND unique_user_id = ${given} AND customer_number IS NOT NULL
   UNION SELECT orders.customer_number FROM accounts JOIN orders USING (account_id)
   WHERE accounts.publisher_id = $1 AND unique_user_id = ${given}`;

const byReference = (code: string, id: string) =>
  `SELECT customer_number FROM external_references
   WHERE publisher_id = $1 AND reference_code = ${code} AND external_id = ${id}`;

/** The numbers of the customers that are meant, the lowest first, from those after a number on. */
export async function findCustomerNumbers(database: Queryable, filter: CustomerFilter): Promise<number[]> {
  const values: unknown[] = [filter.publisherId, filter.limit, filter.afterNumber ?? 0];
  const given = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const { customerNumber, uniqueUserId, reference } = filter;
  const found = [
    ...(customerNumber === undefined ? [] : [byNumber(given(customerNumber, 'bigint'))]),
    ...filter.keys.map((key) => byKey(given(key, 'bytea'))),
    ...(uniqueUserId === undefined ? [] : [byUser(given(uniqueUserId, 'text'))]),
    ...(reference
      ? [byReference(given(reference.referenceCode, 'text'), given(reference.externalId, 'text'))]
      : []),
  ];
  if (found.length === 0) throw new Error('a search for customers says nothing of whom');
  const list = sql(
    'customers.search',
    `SELECT customer_number FROM (${found.map((one) => `(${one})`).join(' INTERSECT ')}) AS found
     WHERE customer_number > $3::bigint ORDER BY customer_number LIMIT $2`,
  );
  const rows = await database.query<{ customer_number: number }>(list, values);
  return rows.map((row) => row.customer_number);
}
