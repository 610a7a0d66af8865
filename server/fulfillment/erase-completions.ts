import type { PersonErased } from '../customers/customer.ts';
import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';

const eraseStatement = sql(
  'orderCompletions.erase',
  'DELETE FROM order_completions WHERE publisher_id = $1 AND order_id = ANY ($2::bigint[])',
);

/**
 * Forgets whom the site named when it completed the orders of a person, and the addresses that it gave.
 * Where it named somebody else, that stays theirs.
 */
export const eraseCompletions: NowStep<unknown, Transaction, PersonErased> = {
  stepName: 'eraseCompletions',
  reports: [],
  async run(_context, transaction, events) {
    for (const { publisherId, person } of events)
      await transaction.query(eraseStatement, [publisherId, person.completionOrderIds]);
  },
};
