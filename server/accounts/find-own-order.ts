import { type Queryable, sql } from '../database/statement.ts';
import { isCorrected } from '../orders/find-correction.ts';
import { isSinceHeld } from './find-held-since.ts';
import { findSession } from './find-session.ts';

// Proven counts: anybody may write an e-mail address of somebody else on an order.
const isOfReader = sql(
  'orders.isOfReader',
  `SELECT FROM orders
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0
       AND NOT ${isCorrected('$1', '$2')}
     LEFT JOIN order_completions completions ON completions.order_id = orders.order_id
   WHERE orders.publisher_id = $1 AND orders.order_id = $2
     AND (orders.account_id = $3 OR EXISTS (
       SELECT FROM credentials
       WHERE credentials.publisher_id = $1 AND credentials.account_id = $3 AND proven_at IS NOT NULL
         AND credential_key IN (payers.mobile_key, payers.email_key, completions.credential_key)
         AND ${isSinceHeld('credentials')}))`,
);

/**
 * Whether a session is of the account that the order is tied to, or whose credential it names: what the site
 * named, or what the payer wrote unless the address was corrected.
 */
export async function isReadersOrder(
  database: Queryable,
  order: { publisherId: number; orderId: number },
  sessionId: string | undefined,
): Promise<boolean> {
  const session = await findSession(database, sessionId);
  if (!session || session.publisherId !== order.publisherId) return false;
  const values = [order.publisherId, order.orderId, session.accountId];
  return (await database.query(isOfReader, values)).length > 0;
}
