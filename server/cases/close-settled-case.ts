import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type Settled = Extract<PaymentEvent, { name: 'attempt settled' }>;

const closeStatement = sql(
  'cases.closeSettled',
  `UPDATE cases SET state = 'resolved', outcome = 'by_provider', resolved_by = 'provider', resolved_at = leveret_now()
   WHERE state = 'open' AND kind = 'attempt unresolved' AND attempt_id = ANY ($1::bigint[])
     AND publisher_id = ANY ($2::integer[])`,
);

/** A late report of the provider answers the question that a case was waiting with. */
export const closeSettledCase: NowStep<unknown, Transaction, Settled> = {
  stepName: 'closeSettledCase',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(closeStatement, [
      events.map((event) => event.attemptId),
      events.map((event) => event.publisherId),
    ]);
  },
};
