import { hash } from 'node:crypto';
import { sql } from '../../database/statement.ts';

/** `seconds_left` is nothing where a record never ends. */
export type RecordRow = {
  payload: Record<string, unknown>;
  consumed_at: Date | null;
  seconds_left: number | null;
};

/** By what a code or refresh token is found: who reads the database cannot use what stands there. */
export function recordIdOf(token: string): string {
  return hash('sha256', token, 'base64url');
}

/** For longer than any token lives, so that one that is made while it ends is refused as well. */
export const rememberedDays = 31;

export const upsertRecord = sql(
  'oauthRecords.upsert',
  `INSERT INTO oauth_records (model, record_id, payload, grant_id, expires_at, session_uid)
   VALUES ($1, $2, $3, $4, (SELECT leveret_now()) + $5 * interval '1 second', $6)
   ON CONFLICT (model, record_id) DO UPDATE
   SET payload = excluded.payload, grant_id = excluded.grant_id, expires_at = excluded.expires_at`,
);

/** Logins of one browser's session at one site whose refresh tokens are kept. */
export const mostFamilies = 5;

// Those used last stay: a site that asks anew at each visit has no use for what it got before.
export const trimFamilies = sql(
  'oauthRecords.trimFamilies',
  `DELETE FROM oauth_records WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM oauth_records
     WHERE model = 'RefreshToken' AND session_uid = $1 AND payload ->> 'clientId' = $2
       AND grant_id = ANY (ARRAY(
         SELECT grant_id FROM oauth_records
         WHERE model = 'RefreshToken' AND session_uid = $1 AND payload ->> 'clientId' = $2
         GROUP BY grant_id ORDER BY grant_id = $3 DESC, max(expires_at) DESC OFFSET $4))
     ORDER BY record_id FOR UPDATE SKIP LOCKED))`,
);

export const findRecord = sql(
  'oauthRecords.find',
  `SELECT payload, consumed_at,
     ceil(extract(epoch FROM expires_at - (SELECT leveret_now())))::integer AS seconds_left
   FROM oauth_records
   WHERE model = $1 AND record_id = $2 AND (expires_at IS NULL OR expires_at > (SELECT leveret_now()))`,
);

/** Answers a row to one of the callers only, however many come at once. */
export const consumeRecord = sql(
  'oauthRecords.consume',
  `UPDATE oauth_records SET consumed_at = (SELECT leveret_now())
   WHERE model = $1 AND record_id = $2 AND consumed_at IS NULL RETURNING record_id`,
);

export const destroyRecord = sql(
  'oauthRecords.destroy',
  'DELETE FROM oauth_records WHERE model = $1 AND record_id = $2',
);

export const revokeRecordsOfGrant = sql(
  'oauthRecords.revokeGrant',
  'DELETE FROM oauth_records WHERE model = $1 AND grant_id = $2',
);

export const deleteExpiredRecords = sql(
  'oauthRecords.deleteExpired',
  `DELETE FROM oauth_records WHERE ctid = ANY (ARRAY(
     SELECT ctid FROM oauth_records WHERE expires_at < (SELECT leveret_now())
     ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED))
   RETURNING record_id`,
);

/**
 * When a record was made and ends, as a clock tells it that says `nowSeconds` now: rows end by the
 * database's, and whoever reads them may go by another.
 */
export function timesOf(row: RecordRow, nowSeconds: number): { iat?: number; exp?: number } {
  const { iat, exp } = row.payload;
  if (row.seconds_left === null || typeof exp !== 'number') return {};
  const endsAt = nowSeconds + row.seconds_left;
  return { exp: endsAt, ...(typeof iat === 'number' && { iat: iat + endsAt - exp }) };
}
