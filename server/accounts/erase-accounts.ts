import type { PersonErased } from '../customers/customer.ts';
import { forgetFact } from '../database/event-log.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseLinks = sql(
  'loginLinks.erase',
  'DELETE FROM login_links WHERE publisher_id = $1 AND link_id = ANY ($2::bigint[])',
);

const eraseSessions = sql(
  'sessions.erase',
  'DELETE FROM sessions WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])',
);

const eraseCredentials = sql(
  'credentials.erase',
  'DELETE FROM credentials WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])',
);

const closeAccounts = sql(
  'accounts.erase',
  `UPDATE accounts SET state = 'closed', customer_number = NULL, password_hash = NULL,
     logins_end_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND account_id = ANY ($2::bigint[])`,
);

/**
 * Closes the accounts of a person, ends all that they logged in by, and forgets what they are known by, also
 * the masked address that a correction of their orders was logged with.
 */
export const eraseAccounts: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseAccounts',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      await transaction.query(eraseLinks, [publisherId, person.linkIds]);
      for (const statement of [eraseSessions, eraseCredentials, closeAccounts])
        await transaction.query(statement, [publisherId, person.accountIds]);
      const { orderIds } = person;
      await forgetFact(transaction, {
        publisherId,
        orderIds,
        name: 'credential corrected',
        fact: 'credential',
      });
    }
  },
};
