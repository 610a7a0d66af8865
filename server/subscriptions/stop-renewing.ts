import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { endedEvent, type StoppedRow } from './stop-subscription.ts';

type EndAsked = Extract<PaymentEvent, { name: 'agreement end asked' }>;

const stopStatement = sql(
  'subscriptions.stopOfOrders',
  `UPDATE subscriptions SET stopped_at = (SELECT leveret_now())
   WHERE stopped_at IS NULL
     AND (publisher_id, order_id) IN (SELECT * FROM unnest($1::integer[], $2::bigint[]))
   RETURNING publisher_id, order_id, line_number, subscription_id, 'end_at_period_end' AS access`,
);

/** What a reader pays nothing more for does not renew, and lasts until its paid period ends. */
export const stopRenewing: NowStep<unknown, Transaction, EndAsked> = {
  stepName: 'stopRenewing',
  reports: ['subscription ended'],
  async run(_context, transaction, events) {
    const keys = [events.map((event) => event.publisherId), events.map((event) => event.orderId)];
    const rows = await transaction.query<StoppedRow>(stopStatement, keys);
    if (rows.length > 0) await transaction.report(rows.map(endedEvent));
  },
};
