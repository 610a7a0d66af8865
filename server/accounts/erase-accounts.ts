import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseLinks = sql(
  'loginLinks.erase',
  `DELETE FROM login_links WHERE publisher_id = $1
     AND (order_id = ANY ($2::bigint[]) OR credential_key = ANY ($3::bytea[]))`,
);

const eraseSessions = sql(
  'sessions.erase',
  'DELETE FROM sessions WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])',
);

const eraseCredentials = sql(
  'credentials.erase',
  `DELETE FROM credentials WHERE publisher_id = $1
     AND (account_id = ANY ($2::bigint[]) OR credential_key = ANY ($3::bytea[]))`,
);

const closeAccounts = sql(
  'accounts.erase',
  `UPDATE accounts SET state = 'closed', customer_number = NULL, password_hash = NULL,
     logins_end_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])`,
);

/** Closes the accounts of a person, ends all that they logged in by, and forgets what they are known by. */
export const eraseAccounts: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseAccounts',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      const { accountIds, orderIds, givenOrderIds, keys } = person;
      await transaction.query(eraseLinks, [publisherId, [...orderIds, ...givenOrderIds], keys]);
      await transaction.query(eraseSessions, [publisherId, accountIds]);
      await transaction.query(eraseCredentials, [publisherId, accountIds, keys]);
      await transaction.query(closeAccounts, [publisherId, accountIds]);
    }
  },
};
