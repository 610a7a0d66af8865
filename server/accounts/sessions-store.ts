import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { idleSessionDays, longestSessionDays, type SessionStrength, secretHash } from './session.ts';

const insertSession = sql(
  'sessions.insert',
  `INSERT INTO sessions (session_sha256, publisher_id, account_id, strength, created_at, seen_at, expires_at)
   SELECT $1, credentials.publisher_id, credentials.account_id, $4, clock.at, clock.at,
     clock.at + $5 * interval '1 day'
   FROM credentials JOIN accounts USING (account_id), (SELECT (SELECT leveret_now()) AS at) clock
   WHERE credentials.publisher_id = $2 AND credential_key = $3
     AND proven_at IS NOT NULL AND accounts.state = 'active'
   RETURNING account_id`,
);

/** Logs a browser in to the account of a proven credential. Throws where there is none. */
export async function startSession(
  transaction: Transaction,
  session: { id: string; publisherId: number; credentialKey: Buffer; strength: SessionStrength },
): Promise<void> {
  const rows = await transaction.query(insertSession, [
    secretHash(session.id),
    session.publisherId,
    session.credentialKey,
    session.strength,
    idleSessionDays,
  ]);
  if (rows.length !== 1) throw new Error('a session needs an active account with a proven credential');
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
