import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseThem = sql(
  'messages.erase',
  'DELETE FROM messages WHERE publisher_id = $1 AND message_id = ANY ($2::bigint[])',
);

// What was queued by a link since: links go next, and a message of one would hold it.
const eraseOfLinks = sql(
  'messages.eraseOfLinks',
  'DELETE FROM messages WHERE publisher_id = $1 AND link_id = ANY ($2::bigint[])',
);

/** Deletes what a person was sent, and what was to be sent; a job that comes later finds nothing. */
export const eraseMessages: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseMessages',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events) {
      await transaction.query(eraseThem, [publisherId, person.messageIds]);
      await transaction.query(eraseOfLinks, [publisherId, person.linkIds]);
    }
  },
};
