import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { endedLinesOf, type WithdrawalEvent } from '../withdrawals/withdrawal.ts';

type Accepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

const endStatement = sql(
  'orderLines.endWithdrawn',
  `UPDATE order_lines SET ended_reason = 'withdrawn'
   WHERE (publisher_id, order_id, line_number) IN (
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::smallint[]))`,
);

/** Lines that are withdrawn have ended, whatever of their price goes back. */
export const endWithdrawnLines: NowStep<unknown, Transaction, Accepted> = {
  stepName: 'endWithdrawnLines',
  reports: [],
  async run(_context, transaction, events) {
    const lines = events.flatMap(endedLinesOf);
    await transaction.query(endStatement, [
      lines.map((line) => line.publisherId),
      lines.map((line) => line.orderId),
      lines.map((line) => line.lineNumber),
    ]);
  },
};
