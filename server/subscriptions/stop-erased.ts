import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const stopStatement = sql(
  'subscriptions.stopErased',
  `UPDATE subscriptions SET stopped_at = (SELECT leveret_now())
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[]) AND stopped_at IS NULL`,
);

/** What a person had subscribed to stops with them; what runs was given up when they were erased. */
export const stopErased: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'stopErased',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      await transaction.query(stopStatement, [publisherId, person.orderIds]);
  },
};
