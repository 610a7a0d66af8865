import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { isCorrected } from '../orders/find-correction.ts';

/** An address of the reader of an order. */
export type OrderReader = { kind: 'email' | 'mobile'; credential: string; key: Buffer };

const findStatement = sql(
  'orders.findReader',
  `WITH wanted AS (SELECT * FROM orders WHERE publisher_id = $1 AND order_id = $2), known AS (
     SELECT 1 AS rank, credentials.kind, credentials.credential, credential_key AS key
     FROM wanted JOIN credentials USING (publisher_id, account_id)
     UNION ALL
     SELECT 2, credential_kind, credential, credential_key
     FROM wanted JOIN order_completions USING (publisher_id, order_id)
     WHERE account_id IS NULL AND credential IS NOT NULL
     UNION ALL
     SELECT 3, 'email', email, email_key FROM wanted JOIN order_parties USING (publisher_id, order_id)
     WHERE account_id IS NULL AND line_number = 0 AND email IS NOT NULL
     UNION ALL
     SELECT 4, 'mobile', mobile, mobile_key FROM wanted JOIN order_parties USING (publisher_id, order_id)
     WHERE account_id IS NULL AND line_number = 0 AND mobile IS NOT NULL)
   SELECT kind, credential, key FROM known
   WHERE rank < 3 OR NOT ${isCorrected('$1', '$2')}
   ORDER BY coalesce((
       SELECT state = 'failed' FROM messages
       WHERE publisher_id = $1 AND order_id = $2 AND destination = known.credential
       ORDER BY message_id DESC LIMIT 1), false),
     coalesce(key = (
       SELECT credential_key FROM login_links
       WHERE publisher_id = $1 AND order_id = $2 ORDER BY created_at DESC, link_id DESC LIMIT 1), false) DESC,
     rank
   LIMIT 1`,
);

/**
 * Where the reader of an order is written to: an address of the account that it is tied to, or where it is
 * nobody's the one that the publisher named, else the payer's. One whose last message about the order failed
 * comes last, and what the payer wrote does not count once the address was corrected.
 */
export async function findOrderReader(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<OrderReader | undefined> {
  const [reader] = await database.query<OrderReader>(findStatement, [publisherId, orderId]);
  return reader;
}
