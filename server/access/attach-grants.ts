import type { AccountEvent } from '../accounts/account.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { grantKey, keyOf } from './grant-key.ts';

type UserAssigned = Extract<AccountEvent, { name: 'user assigned' }>;

const moveToAccount = sql(
  'grants.moveToAccount',
  `WITH wanted AS (
     SELECT ${grantKey}, assigned.account_id
     FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS assigned (publisher_id, order_id, account_id)
     JOIN grants ON grants.order_id = assigned.order_id AND grants.publisher_id = assigned.publisher_id
     WHERE NOT grants.of_receiver
     ORDER BY ${grantKey} FOR UPDATE OF grants
   )
   UPDATE grants SET account_id = wanted.account_id, mobile_key = NULL, email_key = NULL
   FROM wanted WHERE (${grantKey}) = (${keyOf('wanted')})`,
);

/**
 * Moves an order's grants to the account it was tied to. They leave the credentials that held them before;
 * those of the account itself find them through it. Grants of lines with a receiver of their own stay.
 */
export const attachGrants: NowStep<unknown, Transaction, UserAssigned> = {
  stepName: 'attachGrants',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(moveToAccount, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.accountId),
    ]);
  },
};
