import { type Queryable, sql } from '../../database/statement.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import type { BuyerReason, BuyerStep } from '../buyer-step.ts';
import { methodNameOf } from '../methods/list.ts';
import { type AttemptState, isOpen } from '../payment.ts';

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
  /** The provider is being asked for a session at this moment, or its answer was lost just now. */
  isBeingMade: boolean;
  /** Our page from which the try began: path and query. */
  returnPage: string;
  /** The browser that began it at an address that can be guessed; nothing where the buyer was invited. */
  guestId: string | undefined;
  /** A guest who has not paid by now holds the order no longer. */
  isLapsed: boolean;
  /** What the buyer had been shown when the button was pressed that began it. */
  confirmed: { textSha256: string; earlyStart: boolean } | undefined;
};

/** Whether a code was sent for the try that the buyer has not typed yet. */
export function awaitsCode({ step, state }: Pick<BrowserPayment, 'step' | 'state'>): boolean {
  return step?.to === 'code' && state === 'created';
}

/** Whether the try came to nothing because the code was not the one that was sent. */
export function endedByWrongCode({
  step,
  state,
  reason,
}: Pick<BrowserPayment, 'step' | 'state' | 'reason'>): boolean {
  return step?.to === 'code' && state === 'declined' && reason === 'wrong code';
}

/** Whether another browser than the one that the guest's id tells holds an order by this try. */
export function isHeldByOthers(
  last: Pick<BrowserPayment, 'guestId' | 'state' | 'isLapsed'>,
  guestId: string | undefined,
): boolean {
  if (last.guestId === guestId) return false;
  return last.guestId === undefined || isOpen(last.state) || !last.isLapsed;
}

/** Nobody is sent to a session whose answer was lost: what has none for so long is dropped. */
export const lostSessionSeconds = 30;

const columns = `(SELECT client_id FROM orders WHERE orders.order_id = attempts.order_id),
  attempts.publisher_id, attempts.order_id, attempt_id, adapter, merchant_id, attempts.state,
  buyer_reason, buyer_step, coalesce(return_page, '') AS return_page, is_method_open, guest_id,
  coalesce(held_until <= (SELECT leveret_now()), false) AS is_lapsed,
  (SELECT json_build_object('textSha256', encode(text_sha256, 'hex'), 'earlyStart', early_start)
   FROM order_checkouts checkouts WHERE checkouts.order_id = attempts.order_id
     AND checkouts.attempt_id = attempts.attempt_id) AS confirmed,
  attempts.state IN ('created', 'sent') AND provider_id IS NULL AND attempts.created_at
    > (SELECT leveret_now()) - interval '${lostSessionSeconds} seconds' AS is_being_made`;

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
  confirmed: { textSha256: string; earlyStart: boolean } | null;
  is_being_made: boolean;
};

const lastOfOrders = sql(
  'paymentAttempts.findLastInBrowser',
  `SELECT asked.position, last.*
   FROM unnest($1::integer[], $2::bigint[]) WITH ORDINALITY AS asked (publisher_id, order_id, position),
   LATERAL (
     SELECT ${columns} FROM payment_attempts attempts JOIN payments USING (payment_id)
     WHERE attempts.publisher_id = asked.publisher_id AND attempts.order_id = asked.order_id
       AND attempts.flow = 'browser'
     ORDER BY attempt_id DESC LIMIT 1) last`,
);

type OrderKey = { publisherId: number; orderId: number };

/** The last try of each of these orders, in their order; nothing for one that nobody has tried to pay. */
export async function findBrowserPayments(
  database: Queryable,
  orders: readonly OrderKey[],
): Promise<(BrowserPayment | undefined)[]> {
  const columnsOfKeys = [orders.map((order) => order.publisherId), orders.map((order) => order.orderId)];
  const rows = await database.query<Row & { position: number }>(lastOfOrders, columnsOfKeys);
  const found = new Map(rows.map((row) => [row.position, row]));
  return orders.map((_order, index) => {
    const row = found.get(index + 1);
    return row && browserPayment(row);
  });
}

export async function findBrowserPayment(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<BrowserPayment | undefined> {
  const [payment] = await findBrowserPayments(database, [{ publisherId, orderId }]);
  return payment;
}

const byToken = sql(
  'paymentAttempts.findInBrowserByToken',
  `SELECT ${columns} FROM payment_attempts attempts JOIN payments USING (payment_id)
   WHERE notice_token = $1 AND attempts.order_id IS NOT NULL`,
);

/** The try of an order whose unguessable address the buyer has opened. */
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
    isBeingMade: row.is_being_made,
    returnPage: row.return_page,
    guestId: row.guest_id ?? undefined,
    isLapsed: row.is_lapsed,
    confirmed: row.confirmed ?? undefined,
  };
}
