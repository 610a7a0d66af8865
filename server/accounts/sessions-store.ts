import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { accountId, type PublisherId, publisherId } from '../kit/ids.ts';
import type { LoginStrength } from '../kit/login-strength.ts';
import type { AccountEvent } from './account.ts';
import { effectOfLogin, idleSessionDays, longestSessionDays, secretHash } from './session.ts';

/** `id` is the secret of the browser's cookie; `formerId` the one that it has. */
export type Login = {
  id: string;
  formerId: string | undefined;
  publisherId: number;
  credentialKey: Buffer;
  strength: LoginStrength;
};

const findAccount = sql(
  'sessions.findAccount',
  `SELECT credentials.account_id FROM credentials JOIN accounts USING (account_id)
   WHERE credentials.publisher_id = $1 AND credential_key = $2
     AND proven_at IS NOT NULL AND accounts.state = 'active'`,
);

/**
 * Of `sessions` beside its `accounts`: the session stands. A login that the end of all logins did not see yet
 * is older than it, and has ended too.
 */
export const sessionStands = `sessions.ended_at IS NULL AND sessions.expires_at > (SELECT leveret_now())
     AND accounts.state = 'active'
     AND (accounts.logins_end_at IS NULL OR sessions.authenticated_at >= accounts.logins_end_at)`;

// The browser's last login may have been at another publisher, whose session is let be.
const lockFormer = sql(
  'sessions.lockFormer',
  `SELECT account_id, strength, (${sessionStands}) AS stands
   FROM sessions JOIN accounts USING (publisher_id, account_id)
   WHERE session_sha256 = $1 AND publisher_id = $2 AND ended_at IS NULL
     AND expires_at > (SELECT leveret_now()) FOR UPDATE OF sessions`,
);
type FormerRow = { account_id: number; strength: LoginStrength; stands: boolean };

/**
 * The one place where a browser is logged in, to the account of a proven credential; throws where there is
 * none. The same account keeps its session under a new secret, another one of the same publisher ends it.
 */
export async function logInBrowser(transaction: Transaction, login: Login): Promise<void> {
  const [account] = await transaction.query<{ account_id: number }>(findAccount, [
    login.publisherId,
    login.credentialKey,
  ]);
  if (!account) throw new Error('a session needs an active account with a proven credential');
  const [former] =
    login.formerId === undefined
      ? []
      : await transaction.query<FormerRow>(lockFormer, [secretHash(login.formerId), login.publisherId]);
  const isSameAccount = former?.account_id === account.account_id && former.stands;
  const effect = effectOfLogin(former && { isSameAccount, strength: former.strength }, login.strength);
  if (effect === 'raise' || effect === 'renew') return renewSession(transaction, login, effect === 'raise');
  if (effect === 'replace' && login.formerId !== undefined) await endSession(transaction, login.formerId);
  await insertSession(transaction, login, account.account_id);
}

const insertStatement = sql(
  'sessions.insert',
  `INSERT INTO sessions (session_sha256, publisher_id, account_id, strength, created_at, authenticated_at,
     seen_at, expires_at)
   SELECT $1, $2, $3, $4, clock.at, clock.at, clock.at, clock.at + $5 * interval '1 day'
   FROM (SELECT (SELECT leveret_now()) AS at) clock`,
);

async function insertSession(transaction: Transaction, login: Login, account: number): Promise<void> {
  const hash = secretHash(login.id);
  await transaction.query(insertStatement, [
    hash,
    login.publisherId,
    account,
    login.strength,
    idleSessionDays,
  ]);
}

const renewStatement = sql(
  'sessions.renew',
  `UPDATE sessions SET session_sha256 = $2, seen_at = clock.at, strength = coalesce($3, strength),
     authenticated_at = CASE WHEN $3 IS NULL THEN authenticated_at ELSE clock.at END,
     expires_at = least(clock.at + $4 * interval '1 day', $5 * interval '1 day'
       + CASE WHEN $3 IS NULL THEN authenticated_at ELSE clock.at END)
   FROM (SELECT (SELECT leveret_now()) AS at) clock
   WHERE session_sha256 = $1`,
);

async function renewSession(transaction: Transaction, login: Login, isRaised: boolean): Promise<void> {
  await transaction.query(renewStatement, [
    secretHash(login.formerId ?? ''),
    secretHash(login.id),
    isRaised ? login.strength : null,
    idleSessionDays,
    longestSessionDays,
  ]);
}

const endStatement = sql(
  'sessions.end',
  `UPDATE sessions SET ended_at = (SELECT leveret_now()), expires_at = (SELECT leveret_now())
   WHERE session_sha256 = $1 AND ended_at IS NULL
   RETURNING publisher_id, account_id, session_uid`,
);
type EndedRow = { publisher_id: number; account_id: number; session_uid: string };

/** Ends a session and reports it; what sites hold of it ends with it. */
export async function endSession(transaction: Transaction, sessionId: string): Promise<void> {
  const rows = await transaction.query<EndedRow>(endStatement, [secretHash(sessionId)]);
  if (rows.length > 0) await transaction.report<AccountEvent>(rows.map(endedEvent));
}

function endedEvent(row: EndedRow): Extract<AccountEvent, { name: 'session ended' }> {
  const owner: PublisherId = publisherId(row.publisher_id);
  return {
    name: 'session ended',
    publisherId: owner,
    accountId: accountId(row.account_id),
    sessionUid: row.session_uid,
  };
}

/** Moves the idle limit; the one since the last login stays. */
export const touchStatement = sql(
  'sessions.touch',
  `UPDATE sessions SET seen_at = (SELECT leveret_now()),
     expires_at = least(authenticated_at + ${longestSessionDays} * interval '1 day',
       (SELECT leveret_now()) + ${idleSessionDays} * interval '1 day')
   WHERE session_sha256 = $1 AND ended_at IS NULL AND expires_at > (SELECT leveret_now())`,
);
