import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { PaymentEvent } from '../payment.ts';

type Secured = Extract<PaymentEvent, { name: 'unattached payment secured' }>;

const noteStatement = sql(
  'pagePayments.noteCaptured',
  `UPDATE page_payments SET is_captured = true
   FROM payment_attempts attempts JOIN payments USING (payment_id)
   WHERE (attempts.publisher_id, attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND attempts.captured_minor >= payments.amount_minor AND page_payments.payment_id = payments.payment_id`,
);

/** Keeps whether the money was taken when it came, as the page is told at every visit. */
export const notePaidOnPage: NowStep<unknown, Transaction, Secured> = {
  stepName: 'notePaidOnPage',
  reports: [],
  async run(_context, transaction, events) {
    await transaction.query(noteStatement, [
      events.map((event) => event.publisherId),
      events.map((event) => event.attemptId),
    ]);
  },
};
