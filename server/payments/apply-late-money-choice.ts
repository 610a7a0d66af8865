import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { canRefund } from './operations/move-money.ts';
import type { PaymentEvent } from './payment.ts';

type LateMoney = Extract<PaymentEvent, { name: 'late money' }>;

const findChoices = sql(
  'publishers.lateMoneyChoices',
  `SELECT late.attempt_id, publishers.settings,
    orders.cancel_asked_at IS NOT NULL OR orders.stopped_reason = 'cancelled' AS is_cancelled, given.adapter
   FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS late (publisher_id, order_id, attempt_id)
   JOIN orders ON orders.publisher_id = late.publisher_id AND orders.order_id = late.order_id
   JOIN publishers ON publishers.publisher_id = orders.publisher_id
   JOIN payment_attempts given ON given.attempt_id = late.attempt_id`,
);

type Row = { attempt_id: number; settings: object; is_cancelled: boolean; adapter: string };

/**
 * Money for a stopped order follows the publisher's choice: unless it chose, it goes back where the method
 * has a refund, and completes the order where it has none. A cancelled order always gives it back.
 */
export const applyLateMoneyChoice: NowStep<unknown, Transaction, LateMoney> = {
  stepName: 'applyLateMoneyChoice',
  reports: ['late money accepted', 'give-back due'],
  async run(_context, transaction, events) {
    const rows = await transaction.query<Row>(findChoices, [
      events.map((event) => event.publisherId),
      events.map((event) => event.orderId),
      events.map((event) => event.attemptId),
    ]);
    const returned = new Set(rows.filter(isGivenBack).map((row) => row.attempt_id));
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

function isGivenBack({ settings, is_cancelled: isCancelled, adapter }: Row): boolean {
  if (isCancelled) return true;
  switch (publisherSettingsOf(settings).lateMoney) {
    case 'give back':
      return true;
    case 'complete':
      return false;
    case 'complete if no refund':
      return canRefund(adapter);
  }
}
