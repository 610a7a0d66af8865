import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;

const stopStatement = sql(
  'subscriptions.stopOfLines',
  `UPDATE subscriptions SET stopped_at = leveret_now()
   WHERE stopped_at IS NULL AND (publisher_id, order_id, line_number) IN (
     SELECT * FROM unnest($1::integer[], $2::bigint[], $3::smallint[]))`,
);

/** What is refunded with an end to its access does not renew, whether it ends now or with its period. */
export const stopSubscription: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'stopSubscription',
  reports: [],
  async run(_context, transaction, events) {
    const ended = events.flatMap(({ publisherId, orderId, lines }) =>
      lines
        .filter((line) => line.access !== 'keep')
        .map(({ lineNumber }) => ({ publisherId, orderId, lineNumber })),
    );
    if (ended.length === 0) return;
    await transaction.query(stopStatement, [
      ended.map((line) => line.publisherId),
      ended.map((line) => line.orderId),
      ended.map((line) => line.lineNumber),
    ]);
  },
};
