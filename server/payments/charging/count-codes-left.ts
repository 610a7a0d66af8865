import { type Queryable, sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import { publisherSettingsOf } from '../../publishers/publisher-settings.ts';
import type { ConfiguredMethod } from '../merchants/find-method.ts';
import { codesLeft } from './codes-left.ts';

const lockMobile = sql(
  'orders.lockMobileForCodes',
  `SELECT pg_advisory_xact_lock(hashtextextended('payment codes to ' || publisher_id || ' ' || mobile, 0))
   FROM order_parties WHERE publisher_id = $1 AND order_id = $2 AND line_number = 0 AND mobile IS NOT NULL`,
);

const countCodes = sql(
  'paymentAttempts.countCodes',
  `SELECT
     (SELECT count(*)::integer FROM payment_attempts
      WHERE order_id = $2 AND adapter = $3) AS of_order,
     (SELECT count(*)::integer FROM payment_attempts
      WHERE order_id = $2 AND adapter = $3
        AND state = 'declined' AND buyer_reason = 'wrong code') AS wrong,
     (SELECT count(*)::integer FROM order_parties own
        JOIN order_parties payers ON payers.publisher_id = own.publisher_id
          AND payers.mobile_key = own.mobile_key AND payers.line_number = 0
        JOIN payment_attempts attempts ON attempts.order_id = payers.order_id AND attempts.flow = 'browser'
      WHERE own.publisher_id = $1 AND own.order_id = $2 AND own.line_number = 0
        AND attempts.adapter = $3 AND attempts.created_at > (SELECT leveret_now()) - interval '24 hours')
       AS to_mobile,
     (SELECT settings FROM publishers WHERE publisher_id = $1) AS publisher_settings`,
);

type Row = { of_order: number; wrong: number; to_mobile: number; publisher_settings: object };

type OfOrder = { publisherId: number; orderId: number };

/**
 * How many codes may still go to the payer's mobile for the order. The mobile is locked, so that its orders
 * at one publisher are counted together, whoever registers them.
 */
export async function countCodesLeft(
  transaction: Transaction,
  order: OfOrder,
  configured: ConfiguredMethod,
): Promise<number> {
  await transaction.query(lockMobile, [order.publisherId, order.orderId]);
  return readCodesLeft(transaction, order, configured);
}

/** The same at this moment, for a page that offers the method or not. */
export async function readCodesLeft(
  database: Queryable,
  { publisherId, orderId }: OfOrder,
  { method }: ConfiguredMethod,
): Promise<number> {
  const [row] = await database.query<Row>(countCodes, [publisherId, orderId, method.name]);
  if (!row) return 0;
  const { of_order: ofOrder, wrong, to_mobile: toMobile, publisher_settings: settings } = row;
  return codesLeft({ ofOrder, wrong, toMobile }, publisherSettingsOf(settings));
}
