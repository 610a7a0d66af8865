import type { Queryable } from '../database/statement.ts';
import { sql } from '../database/statement.ts';
import { type AccountId, accountId, type PublisherId, publisherId } from '../kit/ids.ts';
import type { LoginStrength } from '../kit/login-strength.ts';
import { isSessionId, secretHash } from './session.ts';
import { sessionStands, touchStatement } from './sessions-store.ts';

export type Session = {
  publisherId: PublisherId;
  accountId: AccountId;
  uniqueUserId: string;
  strength: LoginStrength;
  /** Stays the same while the secret of the cookie changes. */
  sessionUid: string;
  /** When the reader last logged in with that strength. */
  authenticatedAt: Date;
};

const findStatement = sql(
  'sessions.find',
  `SELECT sessions.publisher_id, sessions.account_id, unique_user_id, strength,
     session_uid, authenticated_at,
     seen_at < (SELECT leveret_now()) - interval '1 hour' AS is_unseen
   FROM sessions JOIN accounts ON accounts.account_id = sessions.account_id
     AND accounts.publisher_id = sessions.publisher_id
   WHERE session_sha256 = $1 AND ${sessionStands}`,
);

type Row = {
  publisher_id: number;
  account_id: number;
  unique_user_id: string;
  strength: LoginStrength;
  session_uid: string;
  authenticated_at: Date;
  is_unseen: boolean;
};

/**
 * Who is logged in with the id from the session cookie; nothing where it is ended, unused for 30 days,
 * 180 days after the last login, or of an account that is closed or was logged out everywhere since. That it
 * was seen is written once an hour at the most.
 */
export async function findSession(
  database: Queryable,
  sessionId: string | undefined,
): Promise<Session | undefined> {
  if (sessionId === undefined || !isSessionId(sessionId)) return undefined;
  const [row] = await database.query<Row>(findStatement, [secretHash(sessionId)]);
  if (!row) return undefined;
  if (row.is_unseen) await database.query(touchStatement, [secretHash(sessionId)]);
  return {
    publisherId: publisherId(row.publisher_id),
    accountId: accountId(row.account_id),
    uniqueUserId: row.unique_user_id,
    strength: row.strength,
    sessionUid: row.session_uid,
    authenticatedAt: row.authenticated_at,
  };
}

const ownsStatement = sql(
  'sessions.owns',
  `SELECT 1 AS found FROM sessions JOIN accounts USING (publisher_id, account_id)
     JOIN credentials USING (publisher_id, account_id)
   WHERE session_sha256 = $1 AND publisher_id = $2 AND credential_key = $3 AND proven_at IS NOT NULL
     AND ${sessionStands}`,
);

/** Whether whoever has a session is the reader of a credential. */
export async function isSessionOf(
  database: Queryable,
  sessionId: string | undefined,
  reader: { publisherId: number; credentialKey: Buffer },
): Promise<boolean> {
  if (sessionId === undefined || !isSessionId(sessionId)) return false;
  const values = [secretHash(sessionId), reader.publisherId, reader.credentialKey];
  return (await database.query(ownsStatement, values)).length > 0;
}
