import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'messages.erase',
  `DELETE FROM messages WHERE publisher_id = $1 AND (
     order_id = ANY ($2::bigint[]) OR destination = ANY ($3::text[]) OR link_id IN (
       SELECT link_id FROM login_links WHERE publisher_id = $1
         AND (order_id = ANY ($2::bigint[]) OR credential_key = ANY ($4::bytea[]))))`,
);

/** Deletes what a person was sent, and what was to be sent; a job that comes later finds nothing. */
export const eraseMessages: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseMessages',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      const orders = [...person.orderIds, ...person.givenOrderIds];
      await transaction.query(eraseStatement, [publisherId, orders, person.contacts, person.keys]);
    }
  },
};
