import { type Queryable, sql } from '../database/statement.ts';
import { type OrderId, orderId, type PublisherId, publisherId } from '../kit/ids.ts';
import type { OrderState, PaymentMethod, StoppedReason } from '../orders/order.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import type { BuyerReason } from '../payments/buyer-step.ts';

/** An order as the pages at the fulfillment address need it, read at `at` by the database's clock. */
export type VisitedOrder = {
  publisherId: PublisherId;
  orderId: OrderId;
  clientId: string;
  publisherName: string;
  locale: string;
  purchase: string | undefined;
  state: OrderState;
  stoppedReason: StoppedReason | undefined;
  /** Why the last payment came to nothing, where the order was stopped by it. */
  lastReason: BuyerReason | undefined;
  paymentMethod: PaymentMethod | undefined;
  merchantId: string | undefined;
  prepaid: boolean;
  recurring: boolean;
  amountMinor: number;
  currency: string;
  mobile: string | undefined;
  at: Date;
};

const findStatement = sql(
  'orders.findVisited',
  `SELECT orders.publisher_id, orders.order_id, orders.client_id, publishers.name AS publisher_name,
     publishers.locale, lines.description AS purchase, orders.state, orders.stopped_reason,
     orders.payment_method, orders.merchant_id, orders.prepaid, orders.recurring, orders.amount_minor,
     orders.currency, payers.mobile, leveret_now() AS at,
     CASE WHEN orders.stopped_reason = 'payment_failed' THEN (
       SELECT buyer_reason FROM payment_attempts attempts
       WHERE attempts.publisher_id = orders.publisher_id AND attempts.order_id = orders.order_id
       ORDER BY attempt_id DESC LIMIT 1) END AS last_reason
   FROM orders JOIN publishers USING (publisher_id)
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0
     LEFT JOIN order_lines lines ON lines.order_id = orders.order_id AND lines.line_number = 1
   WHERE orders.order_id = $1`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  client_id: string;
  publisher_name: string;
  locale: string;
  purchase: string | null;
  state: OrderState;
  stopped_reason: StoppedReason | null;
  last_reason: BuyerReason | null;
  payment_method: string | null;
  merchant_id: string | null;
  prepaid: boolean;
  recurring: boolean;
  amount_minor: number;
  currency: string;
  mobile: string | null;
  at: Date;
};

/** The order that an address names. Whose it is follows from the order: a buyer belongs to no publisher. */
export async function findVisitedOrder(database: Queryable, id: OrderId): Promise<VisitedOrder | undefined> {
  const [row] = await database.query<Row>(findStatement, [id]);
  if (!row) return undefined;
  return {
    publisherId: publisherId(row.publisher_id),
    orderId: orderId(row.order_id),
    clientId: row.client_id,
    publisherName: row.publisher_name,
    locale: row.locale,
    purchase: row.purchase ?? undefined,
    state: row.state,
    stoppedReason: row.stopped_reason ?? undefined,
    lastReason: row.last_reason ?? undefined,
    paymentMethod: readPaymentMethod(row.payment_method),
    merchantId: row.merchant_id ?? undefined,
    prepaid: row.prepaid,
    recurring: row.recurring,
    amountMinor: row.amount_minor,
    currency: row.currency,
    mobile: row.mobile ?? undefined,
    at: row.at,
  };
}
