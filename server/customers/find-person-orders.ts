import { type Queryable, sql } from '../database/statement.ts';
import { Problem } from '../kit/problem.ts';
import { isCorrected } from '../orders/find-correction.ts';
import type { Key, OrderFacts, Provers } from './decide-person.ts';

/** A person with more orders than this is not exported or erased: a call is one transaction. */
export const mostOrders = 5_000;

export const keyOf = (bytes: Buffer): Key => bytes.toString('hex');
export const bytesOf = (key: Key): Buffer => Buffer.from(key, 'hex');

const facts = `orders.order_id, orders.customer_number, orders.registered_at, orders.account_id,
   payers.order_id IS NOT NULL AS has_payer, payers.mobile_key, payers.email_key,
   completions.credential_key AS named_key, ${isCorrected('$1', 'orders.order_id')} AS is_corrected`;

const theirTables = `LEFT JOIN order_parties payers ON payers.order_id = orders.order_id
     AND payers.line_number = 0
   LEFT JOIN order_completions completions ON completions.order_id = orders.order_id`;

type Row = {
  order_id: number;
  customer_number: number;
  registered_at: Date;
  account_id: number | null;
  has_payer: boolean;
  mobile_key: Buffer | null;
  email_key: Buffer | null;
  named_key: Buffer | null;
  is_corrected: boolean;
};

const underNumber = sql(
  'customers.findOrdersUnderNumber',
  `SELECT ${facts} FROM orders ${theirTables}
   WHERE orders.publisher_id = $1 AND orders.customer_number = $2 ORDER BY orders.order_id LIMIT $3`,
);

/** All orders under a number, whoever they are of. Throws `customer_is_too_large`. */
export function findOrdersUnder(
  database: Queryable,
  publisherId: number,
  customerNumber: number,
): Promise<OrderFacts[]> {
  return readOrders(database, underNumber, [publisherId, customerNumber, mostOrders + 1]);
}

const nearPerson = sql(
  'customers.findOrdersNear',
  `SELECT ${facts} FROM (
     SELECT order_id FROM orders WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])
     UNION SELECT order_id FROM order_parties
       WHERE publisher_id = $1 AND mobile_key = ANY ($3::bytea[]) AND line_number = 0
     UNION SELECT order_id FROM order_parties
       WHERE publisher_id = $1 AND email_key = ANY ($3::bytea[]) AND line_number = 0
     UNION SELECT order_id FROM login_links
       WHERE publisher_id = $1 AND credential_key = ANY ($3::bytea[]) AND order_id IS NOT NULL
     UNION SELECT unnest($4::bigint[])) AS found (found_id)
   JOIN orders ON orders.order_id = found_id ${theirTables}
   WHERE orders.publisher_id = $1 ORDER BY orders.order_id LIMIT $5`,
);

/** The orders that are tied to accounts, whose payer has a key or for which it was sent a link, and these. */
export function findOrdersNear(
  database: Queryable,
  publisherId: number,
  near: { accountIds: readonly number[]; keys: readonly Key[]; orderIds: readonly number[] },
): Promise<OrderFacts[]> {
  const values = [publisherId, near.accountIds, near.keys.map(bytesOf), near.orderIds, mostOrders + 1];
  return readOrders(database, nearPerson, values);
}

async function readOrders(
  database: Queryable,
  statement: typeof underNumber,
  values: readonly unknown[],
): Promise<OrderFacts[]> {
  const rows = await database.query<Row>(statement, values);
  if (rows.length > mostOrders) throw new Problem('customer_is_too_large');
  return rows.map((row) => ({
    orderId: row.order_id,
    customerNumber: row.customer_number,
    registeredAt: row.registered_at,
    accountId: row.account_id ?? undefined,
    hasPayer: row.has_payer,
    payerKeys: [row.mobile_key, row.email_key].flatMap((key) => (key ? keyOf(key) : [])),
    namedKey: row.named_key ? keyOf(row.named_key) : undefined,
    isCorrected: row.is_corrected,
  }));
}

const findProversStatement = sql(
  'credentials.findProvers',
  `SELECT credential_key, account_id, held_since FROM credentials
   WHERE publisher_id = $1 AND credential_key = ANY ($2::bytea[]) AND proven_at IS NOT NULL`,
);

/** Who has proven which of these keys. */
export async function findProvers(
  database: Queryable,
  publisherId: number,
  keys: Iterable<Key>,
): Promise<Provers> {
  type Proven = { credential_key: Buffer; account_id: number; held_since: Date | null };
  const rows = await database.query<Proven>(findProversStatement, [
    publisherId,
    [...new Set(keys)].map(bytesOf),
  ]);
  return new Map(
    rows.map((row) => [
      keyOf(row.credential_key),
      { accountId: row.account_id, heldSince: row.held_since ?? undefined },
    ]),
  );
}

/** Every key that an order names. */
export function keysOfOrders(orders: readonly OrderFacts[]): Key[] {
  return orders.flatMap(({ payerKeys, namedKey }) => [...payerKeys, ...(namedKey ? [namedKey] : [])]);
}
