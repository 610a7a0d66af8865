import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';

const findCompletions = sql(
  'orderCompletions.find',
  `SELECT order_id, callback_url, credential_key, return_url, error_url, link_lifetime_seconds
   FROM order_completions
   WHERE (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
);

export type StandingWishes = {
  order_id: number;
  callback_url: string | null;
  credential_key: Buffer | null;
  return_url: string | null;
  error_url: string | null;
  link_lifetime_seconds: number | null;
};

/** What was asked for when each order was first completed. */
export async function findStandingWishes(
  transaction: Transaction,
  keys: readonly { publisherId: number; orderId: number }[],
): Promise<Map<number, StandingWishes>> {
  const rows = await transaction.query<StandingWishes>(findCompletions, [
    keys.map((key) => key.publisherId),
    keys.map((key) => key.orderId),
  ]);
  return new Map(rows.map((row) => [row.order_id, row]));
}
