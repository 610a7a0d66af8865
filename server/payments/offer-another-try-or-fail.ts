import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from './payment.ts';

type AttemptEnded = Extract<PaymentEvent, { name: 'attempt ended without money' }>;

const mostTries = 10;

const findLeaving = sql(
  'payments.findAnotherTry',
  `SELECT ended.attempt_id
   FROM payment_attempts ended JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = ended.order_id
   WHERE (ended.publisher_id, ended.attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
     AND ended.flow = 'browser' AND window_ends_at > leveret_now() AND orders.cancel_asked_at IS NULL
     AND (payments.is_of_guests OR (SELECT count(*) FROM payment_attempts others
       WHERE others.payment_id = ended.payment_id AND others.guest_id IS NULL
         AND others.state <> 'discarded') < $3)`,
);

/**
 * A buyer at a screen may try again, or choose another method, until the window ends or ten tries are used.
 * What guests try, who may be strangers, counts for nothing.
 * Where nobody is at a screen there is nobody to offer it to: the payment has failed.
 */
export const offerAnotherTryOrFail: NowStep<unknown, Transaction, AttemptEnded> = {
  stepName: 'offerAnotherTryOrFail',
  reports: ['another try offered', 'payment failed'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<{ attempt_id: number }>(findLeaving, [
      events.map((event) => event.publisherId),
      events.map((event) => event.attemptId),
      mostTries,
    ]);
    const offered = new Set(rows.map((row) => row.attempt_id));
    await transaction.report<PaymentEvent>(
      events.map(({ publisherId, orderId, attemptId, reason }) =>
        offered.has(attemptId)
          ? { name: 'another try offered', publisherId, orderId }
          : { name: 'payment failed', publisherId, orderId, reason },
      ),
    );
  },
};
