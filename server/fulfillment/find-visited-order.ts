import { type Queryable, sql } from '../database/statement.ts';
import type { FirstAndMore } from '../kit/first-and-more.ts';
import { type OrderId, orderId, type PublisherId, publisherId } from '../kit/ids.ts';
import type { OrderState, StoppedReason } from '../orders/order.ts';
import { readPaymentMethod } from '../orders/order-facts.ts';
import type { PaymentMethod } from '../orders/payment-methods.ts';
import type { BuyerReason } from '../payments/buyer-step.ts';
import { publisherSettingsOf } from '../publishers/publisher-settings.ts';
import { type Seller, sellerOf } from '../publishers/seller.ts';

/** An order as the pages at the fulfillment address need it, read at `at` by the database's clock. */
export type VisitedOrder = {
  publisherId: PublisherId;
  orderId: OrderId;
  clientId: string;
  publisherName: string;
  locale: string;
  seller: Seller;
  /** What is bought, by its first line. */
  purchase: FirstAndMore | undefined;
  state: OrderState;
  stoppedReason: StoppedReason | undefined;
  /** Why the last payment came to nothing, where the order was stopped by it. */
  lastReason: BuyerReason | undefined;
  /** The buyer pays at a screen, also where nothing was begun there yet. */
  isPaidAtScreen: boolean;
  paymentMethod: PaymentMethod | undefined;
  merchantId: string | undefined;
  prepaid: boolean;
  recurring: boolean;
  /** A line of it has a period after which there is something to charge. */
  renews: boolean;
  amountMinor: number;
  currency: string;
  mobile: string | undefined;
  at: Date;
};

const findStatement = sql(
  'orders.findVisited',
  `SELECT orders.publisher_id, orders.order_id, orders.client_id, publishers.name AS publisher_name,
     publishers.locale, publishers.settings AS publisher_settings,
     lines.description AS purchase,
     (SELECT count(*) FROM order_lines others WHERE others.order_id = orders.order_id
       AND others.line_number > 1)::integer AS more_lines,
     orders.state, orders.stopped_reason,
     orders.payment_method, orders.merchant_id, orders.prepaid, orders.recurring, orders.amount_minor,
     orders.currency, payers.mobile, (SELECT leveret_now()) AS at,
     orders.recurring AND EXISTS (
       SELECT FROM order_lines WHERE order_lines.order_id = orders.order_id
         AND period_length IS NOT NULL AND period_type IS NOT NULL) AS renews,
     CASE WHEN orders.stopped_reason = 'payment_failed' THEN (
       SELECT buyer_reason FROM payment_attempts attempts
       WHERE attempts.publisher_id = orders.publisher_id AND attempts.order_id = orders.order_id
       ORDER BY attempt_id DESC LIMIT 1) END AS last_reason,
     orders.state = 'paying' AND EXISTS (SELECT FROM payments
       WHERE payments.order_id = orders.order_id AND flow = 'browser') AS is_paid_at_screen
   FROM orders JOIN publishers USING (publisher_id)
     LEFT JOIN order_parties payers ON payers.order_id = orders.order_id AND payers.line_number = 0
     LEFT JOIN order_lines lines ON lines.order_id = orders.order_id AND lines.line_number = 1
   WHERE orders.order_id = ANY ($1)`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  client_id: string;
  publisher_name: string;
  locale: string;
  publisher_settings: object;
  purchase: string | null;
  more_lines: number;
  state: OrderState;
  stopped_reason: StoppedReason | null;
  last_reason: BuyerReason | null;
  is_paid_at_screen: boolean;
  payment_method: string | null;
  merchant_id: string | null;
  prepaid: boolean;
  recurring: boolean;
  renews: boolean;
  amount_minor: number;
  currency: string;
  mobile: string | null;
  at: Date;
};

/** The orders that addresses name. Whose each is follows from the order: a buyer belongs to no publisher. */
export async function findVisitedOrders(
  database: Queryable,
  ids: readonly OrderId[],
): Promise<(VisitedOrder | undefined)[]> {
  const rows = await database.query<Row>(findStatement, [ids]);
  const byId = new Map(rows.map((row) => [row.order_id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    return row && visitedOrder(row);
  });
}

function visitedOrder(row: Row): VisitedOrder {
  const settings = publisherSettingsOf(row.publisher_settings);
  const seller = publisherId(row.publisher_id);
  return {
    publisherId: seller,
    orderId: orderId(row.order_id),
    clientId: row.client_id,
    publisherName: row.publisher_name,
    locale: row.locale,
    seller: { ...sellerOf({ publisherId: seller, settings }), logoUrl: settings.logoUrl },
    purchase: row.purchase === null ? undefined : { first: row.purchase, more: row.more_lines },
    state: row.state,
    stoppedReason: row.stopped_reason ?? undefined,
    lastReason: row.last_reason ?? undefined,
    isPaidAtScreen: row.is_paid_at_screen,
    paymentMethod: readPaymentMethod(row.payment_method),
    merchantId: row.merchant_id ?? undefined,
    prepaid: row.prepaid,
    recurring: row.recurring,
    renews: row.renews,
    amountMinor: row.amount_minor,
    currency: row.currency,
    mobile: row.mobile ?? undefined,
    at: row.at,
  };
}
