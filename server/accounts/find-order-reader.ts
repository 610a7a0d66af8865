import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { isCorrected } from '../orders/find-correction.ts';
import { isTrusted } from './trusted-number.ts';

/** An address of the reader of an order. */
export type OrderReader = { kind: 'email' | 'mobile'; credential: string; key: Buffer };

type Found = OrderReader & {
  /** A number that may have changed hands since the order was bought: it may be another's. */
  isNumberOld: boolean;
};

// Bought since a number of its account was last proven, and sent to that number: whoever has the number now
// may have bought it, and the account was taken for theirs. Its other addresses may be another reader's.
const isOfOtherNumber = `EXISTS (SELECT FROM credentials old
     WHERE old.account_id = wanted.account_id AND old.credential_key <> credentials.credential_key
       AND old.proven_at IS NOT NULL AND NOT ${isTrusted('old')} AND wanted.registered_at > old.last_proven_at
       AND (EXISTS (SELECT FROM login_links sent
           WHERE sent.order_id = wanted.order_id AND sent.credential_key = old.credential_key)
         OR EXISTS (SELECT FROM order_completions named
           WHERE named.order_id = wanted.order_id AND named.credential_key = old.credential_key)))`;

const findStatement = sql(
  'orders.findReader',
  `WITH wanted AS (SELECT * FROM orders WHERE publisher_id = $1 AND order_id = $2), known AS (
     SELECT 1 AS rank, credentials.kind, credentials.credential, credential_key AS key,
       proven_at IS NOT NULL AND NOT ${isTrusted('credentials')} AND registered_at <= last_proven_at AS is_old
     FROM wanted JOIN credentials USING (publisher_id, account_id)
     WHERE NOT ${isOfOtherNumber}
     UNION ALL
     SELECT 2, credential_kind, credential, credential_key, false
     FROM wanted JOIN order_completions USING (publisher_id, order_id)
     WHERE account_id IS NULL AND credential IS NOT NULL
     UNION ALL
     SELECT 3, 'email', email, email_key, false FROM wanted JOIN order_parties USING (publisher_id, order_id)
     WHERE account_id IS NULL AND line_number = 0 AND email IS NOT NULL
     UNION ALL
     SELECT 4, 'mobile', mobile, mobile_key, false
     FROM wanted JOIN order_parties USING (publisher_id, order_id)
     WHERE account_id IS NULL AND line_number = 0 AND mobile IS NOT NULL)
   SELECT kind, credential, key, is_old AS "isNumberOld" FROM known
   WHERE rank < 3 OR NOT ${isCorrected('$1', '$2')}
   ORDER BY is_old, coalesce((
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
 * comes last, and after it a number that may have changed hands; what the payer wrote does not count once the
 * address was corrected.
 */
export async function findOrderReader(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<Found | undefined> {
  const [reader] = await database.query<Found>(findStatement, [publisherId, orderId]);
  return reader;
}
