import { sql } from '../../database/statement.ts';

export type RecordRow = { payload: Record<string, unknown>; consumed_at: Date | null };

/** For longer than any token lives, so that one that is made while it ends is refused as well. */
export const rememberedDays = 31;

export const upsertRecord = sql(
  'oauthRecords.upsert',
  `INSERT INTO oauth_records (model, record_id, payload, grant_id, user_code, uid, expires_at, session_uid)
   VALUES ($1, $2, $3, $4, $5, $6, (SELECT leveret_now()) + $7 * interval '1 second', $8)
   ON CONFLICT (model, record_id) DO UPDATE
   SET payload = excluded.payload, grant_id = excluded.grant_id, user_code = excluded.user_code,
       uid = excluded.uid, expires_at = excluded.expires_at`,
);

const isAlive = '(expires_at IS NULL OR expires_at > (SELECT leveret_now()))';

export const findRecord = sql(
  'oauthRecords.find',
  `SELECT payload, consumed_at FROM oauth_records WHERE model = $1 AND record_id = $2 AND ${isAlive}`,
);

export const findRecordByUid = sql(
  'oauthRecords.findByUid',
  `SELECT payload, consumed_at FROM oauth_records WHERE model = $1 AND uid = $2 AND ${isAlive}`,
);

export const findRecordByUserCode = sql(
  'oauthRecords.findByUserCode',
  `SELECT payload, consumed_at FROM oauth_records WHERE model = $1 AND user_code = $2 AND ${isAlive}`,
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
