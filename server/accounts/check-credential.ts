import { type Queryable, sql } from '../database/statement.ts';

const checkStatement = sql(
  'credentials.check',
  `SELECT password_hash IS NOT NULL AS is_password_set FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = $2
     AND proven_at IS NOT NULL AND accounts.state = 'active'`,
);

export type CredentialAnswer = { credentialExists: boolean; isPasswordSet: boolean };

/**
 * Whether somebody can log in with a credential. A pending account has proven nothing and does not exist
 * here.
 */
export async function checkCredential(
  database: Queryable,
  publisherId: number,
  credentialKey: Buffer,
): Promise<CredentialAnswer> {
  const [row] = await database.query<{ is_password_set: boolean }>(checkStatement, [
    publisherId,
    credentialKey,
  ]);
  return { credentialExists: row !== undefined, isPasswordSet: row?.is_password_set ?? false };
}
