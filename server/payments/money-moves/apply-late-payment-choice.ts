import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { NowStep } from '../../kit/journey-runner.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import type { PaymentEvent } from '../payment.ts';
import { isLatePaymentGivenBack } from './late-payment-rule.ts';
import { canRefund } from './move-money.ts';

type LatePayment = Extract<PaymentEvent, { name: 'late money' }>;

const findChoices = sql(
  'publishers.latePaymentChoices',
  `SELECT late.attempt_id, publishers.settings,
    orders.cancel_asked_at IS NOT NULL OR orders.stopped_reason = 'cancelled' AS is_cancelled, given.adapter
   FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS late (publisher_id, order_id, attempt_id)
   JOIN orders ON orders.publisher_id = late.publisher_id AND orders.order_id = late.order_id
   JOIN publishers ON publishers.publisher_id = orders.publisher_id
   JOIN payment_attempts given ON given.attempt_id = late.attempt_id`,
);

type Row = { attempt_id: number; settings: object; is_cancelled: boolean; adapter: string };

/** Gives a late payment back, or has it complete its order after all, by `isLatePaymentGivenBack`. */
export const applyLatePaymentChoice: NowStep<unknown, Transaction, LatePayment> = {
  stepName: 'applyLatePaymentChoice',
  reports: ['late money accepted', 'give-back due'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(findChoices, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.attemptId),
    ]);
    const returned = new Set(rows.filter(goesBack).map((row) => row.attempt_id));
    await transaction.report<PaymentEvent>(
      events.map(({ publisherId, orderId, attemptId }) => ({
        name: returned.has(attemptId) ? 'give-back due' : 'late money accepted',
        publisherId,
        orderId,
        attemptId,
      })),
    );
  },
};

function goesBack({ settings, is_cancelled: isCancelled, adapter }: Row): boolean {
  const { lateMoney } = publisherSettingsOf(settings);
  return isLatePaymentGivenBack(lateMoney, { isCancelled, canRefund: canRefund(adapter) });
}
