import { type Queryable, sql } from '../database/statement.ts';
import type { PaymentMethod } from '../orders/order.ts';
import type { BuyerReason, BuyerStep } from './buyer-step.ts';
import { methodNameOf } from './methods/list.ts';
import { type AttemptState, isOpen } from './payment.ts';

/** The last try of a buyer at a screen. */
export type BrowserPayment = {
  /** The client that registered the order. */
  clientId: string;
  publisherId: number;
  orderId: number;
  attemptId: number;
  adapter: string;
  merchantId: string;
  paymentMethod: PaymentMethod | undefined;
  /** The order leaves the method to the buyer. */
  isMethodOpen: boolean;
  state: AttemptState;
  reason: BuyerReason | undefined;
  step: BuyerStep | undefined;
  /** Our page from which the try began: path and query. */
  returnPage: string;
  /** The browser that began it at an address that can be guessed; nothing where the buyer was invited. */
  guestId: string | undefined;
  /** A guest who has not paid by now holds the order no longer. */
  isLapsed: boolean;
};

/** Whether a code was sent for the try that the buyer has not typed yet. */
export function awaitsCode({ step, state }: Pick<BrowserPayment, 'step' | 'state'>): boolean {
  return step?.to === 'code' && state === 'created';
}

/** Whether another browser than the one that the guest's id tells holds an order by this try. */
export function isHeldByOthers(last: BrowserPayment, guestId: string | undefined): boolean {
  if (last.guestId === guestId) return false;
  return last.guestId === undefined || isOpen(last.state) || !last.isLapsed;
}

const columns = `(SELECT client_id FROM orders WHERE orders.order_id = attempts.order_id),
  attempts.publisher_id, attempts.order_id, attempt_id, adapter, merchant_id, attempts.state,
  buyer_reason, buyer_step, coalesce(return_page, '') AS return_page, is_method_open, guest_id,
  coalesce(held_until <= leveret_now(), false) AS is_lapsed`;

type Row = {
  client_id: string;
  publisher_id: number;
  order_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  state: AttemptState;
  buyer_reason: BuyerReason | null;
  buyer_step: BuyerStep | null;
  return_page: string;
  is_method_open: boolean;
  guest_id: string | null;
  is_lapsed: boolean;
};

const lastOfOrder = sql(
  'paymentAttempts.findLastInBrowser',
  `SELECT ${columns} FROM payment_attempts attempts JOIN payments USING (payment_id)
   WHERE attempts.publisher_id = $1 AND attempts.order_id = $2 AND attempts.flow = 'browser'
   ORDER BY attempt_id DESC LIMIT 1`,
);

export async function findBrowserPayment(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<BrowserPayment | undefined> {
  const [row] = await database.query<Row>(lastOfOrder, [publisherId, orderId]);
  return row && browserPayment(row);
}

const byToken = sql(
  'paymentAttempts.findByNoticeToken',
  `SELECT ${columns} FROM payment_attempts attempts JOIN payments USING (payment_id)
   WHERE notice_token = $1`,
);

/** The try whose unguessable address was opened, by the buyer or by the provider. */
export async function findPaymentByToken(
  database: Queryable,
  noticeToken: string,
): Promise<BrowserPayment | undefined> {
  const [row] = await database.query<Row>(byToken, [noticeToken]);
  return row && browserPayment(row);
}

function browserPayment(row: Row): BrowserPayment {
  return {
    clientId: row.client_id,
    publisherId: row.publisher_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    adapter: row.adapter,
    merchantId: row.merchant_id,
    paymentMethod: methodNameOf(row.adapter),
    isMethodOpen: row.is_method_open,
    state: row.state,
    reason: row.buyer_reason ?? undefined,
    step: row.buyer_step ?? undefined,
    returnPage: row.return_page,
    guestId: row.guest_id ?? undefined,
    isLapsed: row.is_lapsed,
  };
}
