import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { secretHash } from './session.ts';

/** Longer than any token lives, so that one that was made in the same moment is refused as well. */
const rememberedDays = 31;

const endTokens = sql(
  'oauthRecords.endSession',
  `WITH ended AS MATERIALIZED (SELECT session_uid FROM sessions WHERE session_sha256 = $1),
   deleted AS (
     DELETE FROM oauth_records USING ended WHERE oauth_records.session_uid = ended.session_uid)
   INSERT INTO oauth_records (model, record_id, payload, expires_at)
   SELECT 'EndedSession', session_uid, '{}', (SELECT leveret_now()) + $2 * interval '1 day' FROM ended
   ON CONFLICT (model, record_id) DO NOTHING`,
);

/**
 * Ends everything that sites were given for a session: codes, refresh tokens and access tokens, from now on
 * and on every node. Logging out calls it in the transaction that ends the session; a login of the same
 * reader in the same browser does not, so that sites stay logged in.
 */
export async function endSessionTokens(transaction: Transaction, sessionId: string): Promise<void> {
  await transaction.query(endTokens, [secretHash(sessionId), rememberedDays]);
}
