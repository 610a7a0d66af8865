import { type Queryable, sql } from '../database/statement.ts';
import { isInternational } from '../kit/phone-number.ts';

const findStatement = sql(
  'orders.findPayerCountry',
  `SELECT party ->> 'countryCode' AS country FROM order_parties
   WHERE publisher_id = $1 AND order_id = $2 AND line_number = 0`,
);

/**
 * The country by which a national number is read that comes with an order: its payer's. Nothing is read where
 * the text needs no country, and nothing is answered for an order of another publisher.
 */
export async function findPayerCountry(
  database: Queryable,
  publisherId: number,
  orderId: number,
  credential: string | undefined,
): Promise<string | undefined> {
  if (credential === undefined || /[@＠]/.test(credential) || isInternational(credential)) return undefined;
  const [row] = await database.query<{ country: string | null }>(findStatement, [publisherId, orderId]);
  return row?.country ?? undefined;
}
