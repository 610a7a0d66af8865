import type { AccountEvent } from '../../accounts/account.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { rememberedDays } from './records-store.ts';

type SessionEnded = Extract<AccountEvent, { name: 'session ended' }>;

const endTokens = sql(
  'oauthRecords.endSessions',
  `WITH deleted AS (DELETE FROM oauth_records WHERE session_uid = ANY ($1::text[]))
   INSERT INTO oauth_records (model, record_id, payload, expires_at)
   SELECT 'EndedSession', uid, '{}', (SELECT leveret_now()) + $2 * interval '1 day'
   FROM unnest($1::text[]) uid
   ON CONFLICT (model, record_id) DO NOTHING`,
);

/**
 * Ends everything that sites were given for a session that has ended: codes, refresh tokens and access
 * tokens, at once and on every node.
 */
export const endSessionTokens: NowStep<unknown, Transaction, SessionEnded> = {
  stepName: 'endSessionTokens',
  reports: [],
  async run(_context, transaction, events) {
    const uids = [...new Set(events.map(({ sessionUid }) => sessionUid))].sort();
    await transaction.query(endTokens, [uids, rememberedDays]);
  },
};
