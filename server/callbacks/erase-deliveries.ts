import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseTries = sql(
  'deliveryTries.erase',
  `DELETE FROM delivery_tries USING deliveries WHERE deliveries.publisher_id = $1
     AND order_id = ANY ($2::bigint[]) AND delivery_tries.delivery_id = deliveries.delivery_id`,
);

const eraseThem = sql(
  'deliveries.erase',
  'DELETE FROM deliveries WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])',
);

/**
 * Forgets what was told about the orders that a person paid for, to which addresses, and what was answered.
 * What still waits is given up.
 */
export const eraseDeliveries: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseDeliveries',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      for (const statement of [eraseTries, eraseThem])
        await transaction.query(statement, [publisherId, person.orderIds]);
  },
};
