import { type Queryable, sql } from '../database/statement.ts';

const confirmStatement = sql(
  'credentials.confirmNumber',
  `UPDATE credentials SET last_proven_at = (SELECT leveret_now())
   FROM accounts
   WHERE accounts.account_id = credentials.account_id AND accounts.publisher_id = $1 AND unique_user_id = $2
     AND accounts.state = 'active' AND credentials.kind = 'mobile' AND proven_at IS NOT NULL
   RETURNING credential_key`,
);

/**
 * A person knows by other means that the number of an account is still its reader's, so that it opens the
 * account as if it had just been proven. Answers whether the account has one.
 */
export async function confirmNumber(
  database: Queryable,
  publisherId: number,
  uniqueUserId: string,
): Promise<boolean> {
  return (await database.query(confirmStatement, [publisherId, uniqueUserId])).length > 0;
}
