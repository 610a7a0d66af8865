import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { orderId, publisherId } from '../kit/ids.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { PaymentEvent } from '../payments/payment.ts';
import { endedLinesOf, type WithdrawalEvent } from '../withdrawals/withdrawal.ts';
import type { SubscriptionEnd } from './subscription.ts';

type RefundAccepted = Extract<PaymentEvent, { name: 'refund accepted' }>;
type WithdrawalAccepted = Extract<WithdrawalEvent, { name: 'withdrawal accepted' }>;

const stopStatement = sql(
  'subscriptions.stopOfLines',
  `UPDATE subscriptions SET stopped_at = (SELECT leveret_now())
   FROM unnest($1::integer[], $2::bigint[], $3::smallint[], $4::text[])
     AS ended (publisher_id, order_id, line_number, access)
   WHERE stopped_at IS NULL AND subscriptions.publisher_id = ended.publisher_id
     AND subscriptions.order_id = ended.order_id AND subscriptions.line_number = ended.line_number
   RETURNING subscriptions.publisher_id, subscriptions.order_id, subscriptions.line_number, subscription_id,
     ended.access`,
);

export type StoppedRow = {
  publisher_id: number;
  order_id: number;
  line_number: number;
  subscription_id: number;
  access: SubscriptionEnd;
};

/** What is refunded with an end to its access does not renew, whether it ends now or with its period. */
export const stopSubscription: NowStep<unknown, Transaction, RefundAccepted> = {
  stepName: 'stopSubscription',
  reports: ['subscription ended'],
  run: (_context, transaction, events) =>
    stop(
      transaction,
      events.flatMap(({ publisherId, orderId, lines }) =>
        lines.flatMap(({ lineNumber, access }) =>
          access === 'keep' ? [] : [{ publisherId, orderId, lineNumber, access }],
        ),
      ),
    ),
};

/** What is withdrawn does not renew, also where no money goes back. */
export const stopWithdrawn: NowStep<unknown, Transaction, WithdrawalAccepted> = {
  stepName: 'stopWithdrawn',
  reports: ['subscription ended'],
  run: (_context, transaction, events) => stop(transaction, events.flatMap(endedLinesOf)),
};

type EndedLine = { publisherId: number; orderId: number; lineNumber: number; access: SubscriptionEnd };

async function stop(transaction: Transaction, ended: readonly EndedLine[]): Promise<void> {
  if (ended.length === 0) return;
  const rows = await transaction.query<StoppedRow>(stopStatement, [
    ended.map((line) => line.publisherId),
    ended.map((line) => line.orderId),
    ended.map((line) => line.lineNumber),
    ended.map((line) => line.access),
  ]);
  if (rows.length > 0) await transaction.report(rows.map(endedEvent));
}

export function endedEvent(row: StoppedRow) {
  return {
    name: 'subscription ended' as const,
    publisherId: publisherId(row.publisher_id),
    orderId: orderId(row.order_id),
    subscriptionId: row.subscription_id,
    lineNumber: row.line_number,
    access: row.access,
  };
}
