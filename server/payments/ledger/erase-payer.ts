import type { PersonErased } from '../../customers/customer.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';

const eraseSteps = sql(
  'paymentAttempts.erase',
  `UPDATE payment_attempts SET buyer_step = NULL, guest_id = NULL, return_page = NULL
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])`,
);

/** What the buyer was shown and by which browser they came; what providers said goes with the keys. */
export const erasePayer: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'erasePayer',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      await transaction.query(eraseSteps, [publisherId, person.orderIds]);
  },
};
