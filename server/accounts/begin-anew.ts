import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { accountId, newUniqueUserId, orderId, publisherId } from '../kit/ids.ts';
import type { AccountEvent } from './account.ts';
import type { LinkRow } from './find-login-link.ts';
import { recordAssignments } from './record-assignments.ts';
import { numberTrustedDays } from './trusted-number.ts';

// What a client tied to the number's account since anybody last proved it, and nobody has opened: whoever
// has the number now bought it, and the account was taken for theirs.
const movable = `orders.account_id = held.account_id
     AND orders.registered_at > held.last_proven_at
     AND EXISTS (SELECT FROM order_assignments made WHERE made.order_id = orders.order_id
       AND made.account_id = held.account_id AND made.assigned_by <> 'reader')
     AND NOT EXISTS (SELECT FROM login_links used WHERE used.order_id = orders.order_id
       AND used.spent_at IS NOT NULL)
     AND (EXISTS (SELECT FROM login_links sent WHERE sent.order_id = orders.order_id
         AND sent.credential_key = $2)
       OR EXISTS (SELECT FROM order_completions completions WHERE completions.order_id = orders.order_id
         AND completions.credential_key = $2))`;

const lockMovable = sql(
  'orders.lockOfNumber',
  `SELECT order_id, coalesce(${movable}, false) AS is_movable
   FROM credentials held JOIN orders ON orders.publisher_id = $1
     AND (orders.account_id = held.account_id OR orders.order_id = $3)
   WHERE held.publisher_id = $1 AND held.credential_key = $2 AND (order_id = $3 OR ${movable})
   ORDER BY order_id FOR UPDATE OF orders`,
);

/** Locks the order of a link and those that go with its number to a new owner; answers which these are. */
export async function lockOrdersOfNumber(transaction: Transaction, link: LinkRow): Promise<number[]> {
  const values = [link.publisher_id, link.credential_key, link.order_id];
  const rows = await transaction.query<{ order_id: number; is_movable: boolean }>(lockMovable, values);
  return rows.filter((row) => row.is_movable).map((row) => row.order_id);
}

const lockNumber = sql(
  'credentials.lockNumber',
  `SELECT account_id FROM credentials
   WHERE publisher_id = $1 AND credential_key = $2
     AND last_proven_at < (SELECT leveret_now()) - $3 * interval '1 day'
   FOR UPDATE`,
);

const insertAccount = sql(
  'accounts.insertAnew',
  `INSERT INTO accounts (publisher_id, unique_user_id, state, created_at)
   VALUES ($1, $2, 'pending', (SELECT leveret_now())) RETURNING account_id`,
);

const moveNumber = sql(
  'credentials.beginAnew',
  `UPDATE credentials SET account_id = $3, held_since = last_proven_at,
     proven_at = NULL, last_proven_at = NULL, created_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND credential_key = $2`,
);

const moveOrders = sql(
  'orders.moveWithNumber',
  `UPDATE orders SET account_id = $4 WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])
     AND account_id = $3 RETURNING order_id`,
);

/**
 * Gives a number to a new account, which its link is about to prove. The old account keeps its purchases,
 * sessions and other credentials. Does nothing where somebody has proven the number meanwhile.
 */
export async function beginAnew(
  transaction: Transaction,
  link: LinkRow,
  orders: readonly number[],
): Promise<void> {
  const { publisher_id: publisher, credential_key: key, link_id: linkId } = link;
  const [former] = await transaction.query<{ account_id: number }>(lockNumber, [
    publisher,
    key,
    numberTrustedDays,
  ]);
  if (!former) return;
  const [made] = await transaction.query<{ account_id: number }>(insertAccount, [
    publisher,
    newUniqueUserId(),
  ]);
  if (!made) throw new Error('the account was not written');
  await transaction.query(moveNumber, [publisher, key, made.account_id]);
  const moved = await transaction.query<{ order_id: number }>(moveOrders, [
    publisher,
    orders,
    former.account_id,
    made.account_id,
  ]);
  const owner = publisherId(publisher);
  await recordAssignments(
    transaction,
    moved.map((order) => ({
      publisherId: owner,
      orderId: orderId(order.order_id),
      accountId: accountId(made.account_id),
      by: 'reader' as const,
      assignedBy: 'reader',
    })),
  );
  await transaction.report<AccountEvent>([
    {
      name: 'number changed hands',
      publisherId: owner,
      accountId: accountId(former.account_id),
      newAccountId: accountId(made.account_id),
      linkId,
    },
  ]);
}
