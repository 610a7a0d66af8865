import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'grants.erase',
  `UPDATE grants SET account_id = NULL, mobile_key = NULL, email_key = NULL
   WHERE publisher_id = $1 AND (
     (order_id = ANY ($2::bigint[]) AND NOT of_receiver) OR account_id = ANY ($3::bigint[])
     OR mobile_key = ANY ($4::bytea[]) OR email_key = ANY ($4::bytea[]))`,
);

/** What a person could read is nobody's from then on. */
export const eraseHolders: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseHolders',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      const { orderIds, accountIds, keys } = person;
      await transaction.query(eraseStatement, [publisherId, orderIds, accountIds, keys]);
    }
  },
};
