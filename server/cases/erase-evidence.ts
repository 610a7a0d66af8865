import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'cases.eraseEvidence',
  `UPDATE cases SET evidence = NULL
   WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[]) AND evidence IS NOT NULL`,
);

/** How a case about an order of a person ended stays; what somebody found out and wrote down does not. */
export const eraseEvidence: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseEvidence',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      await transaction.query(eraseStatement, [publisherId, person.orderIds]);
  },
};
