import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { publisherSettingsOf } from '../publishers/publisher.ts';
import type { PaymentEvent } from './payment.ts';

type LateMoney = Extract<PaymentEvent, { name: 'late money' }>;

const findChoices = sql(
  'publishers.lateMoneyChoices',
  `SELECT orders.order_id, publishers.settings,
    orders.cancel_asked_at IS NOT NULL AS is_cancelled
   FROM orders JOIN publishers USING (publisher_id)
   WHERE (orders.publisher_id, orders.order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))`,
);

type Row = { order_id: number; settings: object; is_cancelled: boolean };

/**
 * Money for a stopped order follows the publisher's choice. No method that charges without a buyer has a
 * refund yet, so "complete if no refund" completes; an order that was cancelled is always given back.
 */
export const applyLateMoneyChoice: NowStep<unknown, Transaction, LateMoney> = {
  stepName: 'applyLateMoneyChoice',
  reports: ['late money accepted', 'give-back due'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(findChoices, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
    ]);
    const choices = new Map(rows.map((row) => [row.order_id, row]));
    await transaction.report<PaymentEvent>(
      events.map(({ publisherId, orderId, attemptId }) => {
        const row = choices.get(orderId);
        const { lateMoney } = publisherSettingsOf(row?.settings ?? {});
        const isGivenBack = lateMoney === 'give back' || row?.is_cancelled === true;
        return {
          name: isGivenBack ? 'give-back due' : 'late money accepted',
          publisherId,
          orderId,
          attemptId,
        };
      }),
    );
  },
};
