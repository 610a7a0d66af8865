import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { CompletionEvent } from '../fulfillment/completion.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { grantKey, keyOf } from './grant-key.ts';

type Named =
  | Extract<CompletionEvent, { name: 'login link asked late' }>
  | Extract<AccountEvent, { name: 'credential corrected' }>;

const moveToCredential = sql(
  'grants.moveToCredential',
  `WITH wanted AS (
     SELECT ${grantKey}, credential_kind, credential_key
     FROM unnest($1::integer[], $2::bigint[]) AS asked (publisher_id, order_id)
     JOIN order_completions USING (publisher_id, order_id)
     JOIN grants USING (publisher_id, order_id)
     WHERE NOT grants.of_receiver AND grants.account_id IS NULL AND credential_key IS NOT NULL
     ORDER BY ${grantKey} FOR UPDATE OF grants
   )
   UPDATE grants SET mobile_key = CASE WHEN credential_kind = 'mobile' THEN credential_key END,
     email_key = CASE WHEN credential_kind = 'email' THEN credential_key END
   FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})`,
);

/**
 * Gives an order's grants to the credential that the publisher named after the order had completed, or named
 * anew, as they would have been given at once. Grants of an account, and of lines with a receiver of their
 * own, stay.
 */
export const moveGrantsToCredential: NowStep<unknown, Transaction, Named> = {
  stepName: 'moveGrantsToCredential',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(moveToCredential, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
  },
};
