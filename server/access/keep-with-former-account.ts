import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { grantKey, keyOf } from './grant-key.ts';

type ChangedHands = Extract<AccountEvent, { name: 'number changed hands' }>;

const dropNumber = sql(
  'grants.dropNumber',
  `WITH wanted AS (
     SELECT ${grantKey}
     FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS changed (publisher_id, link_id, account_id)
     JOIN login_links USING (publisher_id, link_id)
     JOIN grants ON grants.publisher_id = login_links.publisher_id
       AND grants.mobile_key = login_links.credential_key AND grants.account_id = changed.account_id
     ORDER BY ${grantKey} FOR UPDATE OF grants
   )
   UPDATE grants SET mobile_key = NULL
   FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})`,
);

/** What the account of a number has stays with it alone, where the number has got another owner. */
export const keepWithFormerAccount: NowStep<unknown, Transaction, ChangedHands> = {
  stepName: 'keepWithFormerAccount',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(dropNumber, [
      events.map((event) => event.publisherId),
      events.map((event) => event.linkId),
      events.map((event) => event.accountId),
    ]);
  },
};
