import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import type { PaymentEvent } from '../payment.ts';
import { mayTryAgain, type Tries } from './may-try-again.ts';

type AttemptEnded = Extract<PaymentEvent, { name: 'attempt ended without money' }>;

const findTries = sql(
  'payments.findTries',
  `SELECT ended.attempt_id AS "attemptId", payments.flow, payments.is_of_guests AS "isOfGuests",
     window_ends_at > (SELECT leveret_now()) AS "isInTime",
     orders.cancel_asked_at IS NOT NULL AS "isCancelAsked",
     (SELECT count(*) FROM payment_attempts others
      WHERE others.order_id = ended.order_id AND others.payment_id = ended.payment_id
        AND others.guest_id IS NULL AND others.state <> 'discarded') AS tries
   FROM payment_attempts ended JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = ended.order_id
   WHERE (ended.publisher_id, ended.attempt_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
);

type Row = Tries & { attemptId: number };

/** Offers another try to who may have one; elsewhere the payment has failed. */
export const offerAnotherTryOrFail: NowStep<unknown, Transaction, AttemptEnded> = {
  stepName: 'offerAnotherTryOrFail',
  reports: ['another try offered', 'payment failed'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(findTries, [
      events.map((event) => event.publisherId),
      events.map((event) => event.attemptId),
    ]);
    const offered = new Set(rows.filter(mayTryAgain).map((row) => row.attemptId));
    await transaction.report<PaymentEvent>(
      events.map(({ publisherId, orderId, attemptId, reason }) =>
        offered.has(attemptId)
          ? { name: 'another try offered', publisherId, orderId }
          : { name: 'payment failed', publisherId, orderId, reason },
      ),
    );
  },
};
