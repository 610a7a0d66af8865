import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'withdrawals.erase',
  `UPDATE withdrawals SET name = '', receipt_to = NULL, remark = NULL
   WHERE publisher_id = $1 AND withdrawal_id = ANY ($2::bigint[])`,
);

/** That was withdrawn from an order stays, with its times and sums; who said so does not. */
export const eraseStatements: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseStatements',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      await transaction.query(eraseStatement, [publisherId, person.withdrawalIds]);
  },
};
