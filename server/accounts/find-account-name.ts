import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import type { AccountId } from '../kit/ids.ts';

const findStatement = sql(
  'credentials.findNameOfAccount',
  `SELECT credential FROM credentials WHERE account_id = $1 AND proven_at IS NOT NULL
   ORDER BY kind, proven_at LIMIT 1`,
);

/** What a reader knows an account by: a credential that was proven, an e-mail address before a number. */
export async function findAccountName(database: Queryable, account: AccountId): Promise<string | undefined> {
  const [row] = await database.query<{ credential: string }>(findStatement, [account]);
  return row?.credential;
}
