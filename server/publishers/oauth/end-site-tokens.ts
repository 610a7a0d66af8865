import type { AccountEvent } from '../../accounts/account.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { rememberedDays } from './records-store.ts';

type SiteLeft = Extract<AccountEvent, { name: 'site left' }>;

// What is made in the same moment is of a family that has ended.
const endTokens = sql(
  'oauthRecords.endAtSite',
  `WITH left_by AS (
     SELECT * FROM unnest($1::text[], $2::text[]) AS given (client_id, session_uid)
   ), deleted AS (
     DELETE FROM oauth_records USING left_by
     WHERE model IN ('RefreshToken', 'AuthorizationCode') AND oauth_records.session_uid = left_by.session_uid
       AND payload ->> 'clientId' = left_by.client_id
     RETURNING grant_id
   )
   INSERT INTO oauth_records (model, record_id, payload, expires_at)
   SELECT DISTINCT 'EndedGrant', grant_id, '{}'::jsonb, (SELECT leveret_now()) + $3 * interval '1 day'
   FROM deleted WHERE grant_id IS NOT NULL
   ON CONFLICT (model, record_id) DO NOTHING`,
);

/** Ends what one site holds of a session that its reader leaves; other sites keep theirs. */
export const endSiteTokens: NowStep<unknown, Transaction, SiteLeft> = {
  stepName: 'endSiteTokens',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(endTokens, [
      events.map(({ clientId }) => clientId),
      events.map(({ sessionUid }) => sessionUid),
      rememberedDays,
    ]);
  },
};
