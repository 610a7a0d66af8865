import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { AccountId, PublisherId } from '../kit/ids.ts';
import type { AccountEvent } from './account.ts';

const endLogins = sql(
  'accounts.endLogins',
  `UPDATE accounts SET logins_end_at = (SELECT leveret_now()) WHERE publisher_id = $1 AND account_id = $2`,
);
const endSessions = sql(
  'sessions.endAll',
  `UPDATE sessions SET ended_at = (SELECT leveret_now()), expires_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND account_id = $2 AND ended_at IS NULL RETURNING session_uid`,
);

/**
 * Logs a reader out of every browser, and ends what sites hold of them. Tokens that are made in the same
 * moment from a login of before carry its time, and so are worth nothing either.
 */
export async function logOutEverywhere(
  transaction: Transaction,
  reader: { publisherId: PublisherId; accountId: AccountId },
): Promise<void> {
  const { publisherId, accountId } = reader;
  await transaction.query(endLogins, [publisherId, accountId]);
  const rows = await transaction.query<{ session_uid: string }>(endSessions, [publisherId, accountId]);
  if (rows.length === 0) return;
  await transaction.report<AccountEvent>(
    rows.map(({ session_uid: sessionUid }) => ({
      name: 'session ended',
      publisherId,
      accountId,
      sessionUid,
    })),
  );
}
