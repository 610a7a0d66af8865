import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { endSessionTokens } from './end-session-tokens.ts';
import { idleSessionDays, longestSessionDays, type SessionStrength, secretHash } from './session.ts';

const insertSession = sql(
  'sessions.insert',
  `INSERT INTO sessions (session_sha256, publisher_id, account_id, strength, created_at, seen_at, expires_at, session_uid)
   SELECT $1, credentials.publisher_id, credentials.account_id, $4, clock.at, clock.at,
     clock.at + $5 * interval '1 day', coalesce(former.session_uid, gen_random_uuid()::text)
   FROM credentials JOIN accounts USING (account_id)
     CROSS JOIN (SELECT (SELECT leveret_now()) AS at) clock
     LEFT JOIN sessions former ON former.session_sha256 = $6 AND former.account_id = credentials.account_id
       AND former.ended_at IS NULL AND former.expires_at > clock.at
   WHERE credentials.publisher_id = $2 AND credential_key = $3
     AND proven_at IS NOT NULL AND accounts.state = 'active'
   RETURNING session_uid IN (SELECT session_uid FROM sessions WHERE session_sha256 = $6) AS goes_on`,
);

type NewSession = {
  id: string;
  publisherId: number;
  credentialKey: Buffer;
  strength: SessionStrength;
  /** What the browser had before, whoever it was. */
  formerSessionId: string | undefined;
};

/**
 * Logs a browser in to the account of a proven credential, and ends the session that it had. One of the same
 * reader goes on under another secret, with what sites were given for it. Throws where there is no account.
 */
export async function startSession(transaction: Transaction, session: NewSession): Promise<void> {
  const { formerSessionId } = session;
  const rows = await transaction.query<{ goes_on: boolean }>(insertSession, [
    secretHash(session.id),
    session.publisherId,
    session.credentialKey,
    session.strength,
    idleSessionDays,
    formerSessionId === undefined ? null : secretHash(formerSessionId),
  ]);
  const [started] = rows;
  if (!started) throw new Error('a session needs an active account with a proven credential');
  if (formerSessionId === undefined || formerSessionId === session.id) return;
  if (!started.goes_on) await endSessionTokens(transaction, formerSessionId);
  await endSession(transaction, formerSessionId);
}

const endStatement = sql(
  'sessions.end',
  `UPDATE sessions SET ended_at = (SELECT leveret_now()), expires_at = (SELECT leveret_now())
   WHERE session_sha256 = $1 AND ended_at IS NULL`,
);

export async function endSession(transaction: Transaction, sessionId: string): Promise<void> {
  await transaction.query(endStatement, [secretHash(sessionId)]);
}

/** Moves the idle limit; the absolute one stays. */
export const touchStatement = sql(
  'sessions.touch',
  `UPDATE sessions SET seen_at = (SELECT leveret_now()),
     expires_at = least(created_at + ${longestSessionDays} * interval '1 day',
       (SELECT leveret_now()) + ${idleSessionDays} * interval '1 day')
   WHERE session_sha256 = $1 AND ended_at IS NULL AND expires_at > (SELECT leveret_now())`,
);
