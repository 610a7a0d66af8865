import { sql } from '../database/statement.ts';
import type { Transaction } from '../database/transaction.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import type { OrderToPay } from './attempts-store.ts';
import type { ConfiguredMethod } from './find-method.ts';

/** Every code is a message that the publisher pays for, and a guess at somebody's phone bill. */
const mostCodes = 10;

const lockMobile = sql(
  'orders.lockMobileForCodes',
  `SELECT pg_advisory_xact_lock(hashtextextended('payment codes to ' || publisher_id || ' ' || mobile, 0))
   FROM order_parties WHERE publisher_id = $1 AND order_id = $2 AND line_number = 0 AND mobile IS NOT NULL`,
);

const countCodes = sql(
  'paymentAttempts.countCodes',
  `SELECT
     (SELECT count(*)::integer FROM payment_attempts WHERE payment_id = $3 AND adapter = $4) AS of_order,
     (SELECT count(*)::integer FROM order_parties own
        JOIN order_parties payers ON payers.publisher_id = own.publisher_id
          AND payers.mobile_key = own.mobile_key AND payers.line_number = 0
        JOIN payment_attempts attempts ON attempts.order_id = payers.order_id AND attempts.flow = 'browser'
      WHERE own.publisher_id = $1 AND own.order_id = $2 AND own.line_number = 0
        AND attempts.adapter = $4 AND attempts.created_at > leveret_now() - interval '24 hours')
       AS to_mobile`,
);

/**
 * Whether no more codes go to the payer's mobile: ten for one order, and for all orders at one publisher as
 * many in 24 hours as messages may go to one recipient, whoever registers the orders.
 */
export async function hasSpentCodes(
  transaction: Transaction,
  order: OrderToPay,
  paymentId: number,
  { method }: ConfiguredMethod,
): Promise<boolean> {
  const { publisher_id: publisherId, order_id: orderId } = order;
  await transaction.query(lockMobile, [publisherId, orderId]);
  const values = [publisherId, orderId, paymentId, method.name];
  const [row] = await transaction.query<{ of_order: number; to_mobile: number }>(countCodes, values);
  const { messagesPerRecipientPerDay, messagesPerOrder } = publisherSettingsOf(order.publisher_settings);
  const { of_order, to_mobile } = row ?? { of_order: 0, to_mobile: 0 };
  return of_order >= Math.min(mostCodes, messagesPerOrder) || to_mobile >= messagesPerRecipientPerDay;
}
