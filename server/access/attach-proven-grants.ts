import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { grantKey, keyOf } from './grant-key.ts';

type LinkSpent = Extract<AccountEvent, { name: 'login link spent' }>;

const attachByLink = sql(
  'grants.attachByLink',
  `WITH wanted AS (
     SELECT ${grantKey}, credentials.account_id
     FROM unnest($1::integer[], $2::bigint[]) AS spent (publisher_id, link_id)
     JOIN login_links USING (publisher_id, link_id)
     JOIN credentials USING (publisher_id, credential_key)
     CROSS JOIN LATERAL (
       SELECT ${grantKey} FROM grants WHERE grants.publisher_id = login_links.publisher_id
         AND grants.mobile_key = login_links.credential_key
       UNION SELECT ${grantKey} FROM grants WHERE grants.publisher_id = login_links.publisher_id
         AND grants.email_key = login_links.credential_key
     ) held
     JOIN grants ON (${grantKey}) = (${keyOf('held')})
     WHERE grants.account_id IS NULL AND credentials.proven_at IS NOT NULL
     ORDER BY ${grantKey} FOR UPDATE OF grants
   )
   UPDATE grants SET account_id = wanted.account_id
   FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})`,
);

/**
 * Once a link has proven a credential, the account of the credential gets the grants that the credential
 * holds, those of a line's own receiver included. The credential keeps them too: a client may ask by it.
 */
export const attachProvenGrants: NowStep<unknown, Transaction, LinkSpent> = {
  stepName: 'attachProvenGrants',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(attachByLink, [
      events.map((event) => event.publisherId),
      events.map((event) => event.linkId),
    ]);
  },
};
