import type { Queryable } from '../../database/statement.ts';
import { sql } from '../../database/statement.ts';
import type { Transaction } from '../../database/transaction.ts';
import type { AttemptState, Purpose } from '../payment.ts';
import type { MethodSettings } from '../port/payment-method.ts';
import type { Evidence } from '../port/provider-answer.ts';

export type AttemptRow = {
  attempt_id: number;
  payment_id: number;
  publisher_id: number;
  /** Nothing while no order has taken the payment. */
  order_id: number | null;
  purpose: Purpose;
  adapter: string;
  merchant_id: string;
  reference: string;
  provider_id: string | null;
  notice_token: string;
  /** Settings that it was made with, and that calls about it keep. */
  pinned: MethodSettings;
  flow: PaymentFlow;
  state: AttemptState;
  amount_minor: number;
  currency: string;
  attention: Evidence['attention'] | null;
  capture_before: Date | null;
  is_overdue: boolean;
  is_unresolvable: boolean;
  /** What is booked of it, each in all so far. */
  authorized: number;
  captured: number;
  refunded: number;
  cancelled: number;
  /** Of what was refunded, what a person gave back outside the provider. */
  refunded_manually: number;
};

export const attemptColumns = `attempt_id, payment_id, payment_attempts.publisher_id, payments.order_id,
  payments.purpose, adapter, payment_attempts.merchant_id, reference, provider_id, notice_token, pinned,
  payment_attempts.flow, payment_attempts.state, payments.amount_minor, payments.currency, attention,
  capture_before, coalesce(report_due_at <= (SELECT leveret_now()), false) AS is_overdue,
  unresolvable_at IS NOT NULL AS is_unresolvable, payment_attempts.authorized_minor AS authorized,
  payment_attempts.captured_minor AS captured, payment_attempts.refunded_minor AS refunded,
  payment_attempts.cancelled_minor AS cancelled,
  payment_attempts.refunded_manually_minor AS refunded_manually`;

const orderColumns: Record<keyof OrderToPay, string> = {
  order_id: 'orders.order_id',
  publisher_id: 'orders.publisher_id',
  state: 'orders.state',
  payment_method: 'orders.payment_method',
  merchant_id: "coalesce(orders.merchant_id, '')",
  amount_minor: 'orders.amount_minor',
  currency: 'orders.currency',
  is_cancel_asked: 'orders.cancel_asked_at IS NOT NULL',
  prepaid: 'orders.prepaid',
  recurring: 'orders.recurring',
  mobile: 'order_parties.mobile',
  mobile_key: 'order_parties.mobile_key',
  email: 'order_parties.email',
  country: 'publishers.country',
  locale: 'publishers.locale',
  publisher_settings: 'publishers.settings',
};
/** The columns of an order to pay, by names with a prefix where others stand beside them. */
export const orderToPay = (prefix = '') =>
  Object.entries(orderColumns)
    .map(([name, column]) => `${column} AS ${prefix}${name}`)
    .join(', ');
export const joinedToOrder = `JOIN publishers ON publishers.publisher_id = orders.publisher_id
     LEFT JOIN order_parties ON order_parties.order_id = orders.order_id AND order_parties.line_number = 0`;

const lockOrderStatement = sql(
  'payments.lockOrder',
  `SELECT ${orderToPay()} FROM orders ${joinedToOrder}
   WHERE orders.publisher_id = $1 AND orders.order_id = $2 FOR UPDATE OF orders`,
);

export type OrderToPay = {
  order_id: number;
  publisher_id: number;
  state: 'registered' | 'paying' | 'completed' | 'stopped';
  payment_method: string | null;
  merchant_id: string;
  amount_minor: number;
  currency: string;
  is_cancel_asked: boolean;
  prepaid: boolean;
  recurring: boolean;
  mobile: string | null;
  mobile_key: Buffer | null;
  email: string | null;
  country: string;
  locale: string;
  publisher_settings: Record<string, unknown>;
};

/** Locks an order. What is done to a payment of it afterwards locks the payment after it, never before. */
export async function lockOrder(
  transaction: Transaction,
  publisherId: number,
  orderId: number,
): Promise<OrderToPay | undefined> {
  const [row] = await transaction.query<OrderToPay>(lockOrderStatement, [publisherId, orderId]);
  return row;
}

// The window begins when the payment was asked for: a node that comes back hours later charges nobody then.
// A payment that only guests have begun lasts as long as its order, until an invited buyer begins it anew.
const ensurePaymentStatement = sql(
  'payments.ensure',
  `INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, flow, is_method_open,
     is_of_guests, window_ends_at, created_at)
   SELECT $1, $2, 'order', $3, $4, $6, $7, $8, CASE WHEN $8
       THEN greatest(clock.at + $5 * interval '1 minute', (SELECT expires_at FROM orders WHERE order_id = $2))
       ELSE coalesce(asked.at, clock.at) + $5 * interval '1 minute' END, clock.at
   FROM (SELECT (SELECT leveret_now()) AS at) clock LEFT JOIN (
     SELECT asked_at AS at FROM order_completions
     WHERE publisher_id = $1 AND order_id = $2 AND $6 = 'direct') asked ON true
   ON CONFLICT (order_id) WHERE purpose = 'order' DO UPDATE SET
     is_of_guests = payments.is_of_guests AND ($8 OR $6 = 'direct'),
     window_ends_at = CASE WHEN payments.is_of_guests AND $6 = 'browser' AND NOT $8
       THEN excluded.window_ends_at ELSE payments.window_ends_at END
   RETURNING payment_id, flow,
     extract(epoch FROM window_ends_at - (SELECT leveret_now()))::float8 AS seconds_left`,
);

export type PaymentFlow = 'browser' | 'direct';
export type PaymentRow = { payment_id: number; flow: PaymentFlow; seconds_left: number };

/** The payment of an order, made at the first call; answers how long its window is still open. */
export async function ensurePayment(
  transaction: Transaction,
  order: OrderToPay,
  windowMinutes: number,
  flow: PaymentFlow,
  isGuest = false,
): Promise<PaymentRow> {
  const values = [
    order.publisher_id,
    order.order_id,
    order.amount_minor,
    order.currency,
    windowMinutes,
    flow,
    order.payment_method === null,
    isGuest,
  ];
  const [row] = await transaction.query<PaymentRow>(ensurePaymentStatement, values);
  if (!row) throw new Error('the payment was neither made nor found');
  return row;
}

const findOpen = sql(
  'paymentAttempts.findOpen',
  `SELECT ${attemptColumns} FROM payment_attempts JOIN payments USING (payment_id)
   WHERE payment_id = $1 AND payment_attempts.state IN ('created', 'sent', 'pending', 'unknown')`,
);

export async function findOpenAttempt(
  transaction: Transaction,
  paymentId: number,
): Promise<AttemptRow | undefined> {
  const [row] = await transaction.query<AttemptRow>(findOpen, [paymentId]);
  return row;
}

const markSentStatement = sql(
  'paymentAttempts.markSent',
  `WITH sent AS (
     UPDATE payment_attempts SET state = 'sent',
       report_due_at = (SELECT leveret_now()) + $2 * interval '1 second'
     WHERE attempt_id = $1 AND state = 'created' RETURNING attempt_id)
   UPDATE payment_operations SET state = 'sent', sent_at = (SELECT leveret_now())
   FROM sent WHERE payment_operations.attempt_id = sent.attempt_id AND kind = 'charge'
     AND payment_operations.state = 'created'
   RETURNING operation_id`,
);

/** Claims the one call of an attempt: true for the only runner that may make it. */
export async function markSent(
  transaction: Transaction,
  attemptId: number,
  dueSeconds: number,
): Promise<boolean> {
  return (await transaction.query(markSentStatement, [attemptId, dueSeconds])).length === 1;
}

const byReference = sql(
  'paymentAttempts.findByReference',
  `SELECT ${attemptColumns} FROM payment_attempts JOIN payments USING (payment_id)
   WHERE payment_attempts.publisher_id = $1 AND adapter = $2 AND reference = $4
   ORDER BY payment_attempts.merchant_id = $3 DESC LIMIT 1`,
);

/** What accounts an attempt may be of: the one that is asked about first, and others of its publisher. */
type Account = { publisherId: number; adapter: string; merchantId: string };

export async function findAttemptByReference(
  database: Queryable,
  { publisherId, adapter, merchantId }: Account,
  reference: string,
): Promise<AttemptRow | undefined> {
  const [row] = await database.query<AttemptRow>(byReference, [publisherId, adapter, merchantId, reference]);
  return row;
}

// Where the provider's id is an agreement's, later charges by it have the same: they are found by reference.
const byProviderId = sql(
  'paymentAttempts.findByProviderId',
  `SELECT ${attemptColumns} FROM payment_attempts JOIN payments USING (payment_id)
   WHERE payment_attempts.publisher_id = $1 AND adapter = $2 AND provider_id = $3
     AND purpose <> 'renewal'`,
);

export async function findAttemptByProviderId(
  database: Queryable,
  publisherId: number,
  adapter: string,
  providerId: string,
): Promise<AttemptRow | undefined> {
  const [row] = await database.query<AttemptRow>(byProviderId, [publisherId, adapter, providerId]);
  return row;
}

const byNoticeToken = sql(
  'paymentAttempts.findByNoticeToken',
  `SELECT ${attemptColumns} FROM payment_attempts JOIN payments USING (payment_id) WHERE notice_token = $1`,
);

/** The attempt whose unguessable address the provider tells at. */
export async function findAttemptByNoticeToken(
  database: Queryable,
  noticeToken: string,
): Promise<AttemptRow | undefined> {
  const [row] = await database.query<AttemptRow>(byNoticeToken, [noticeToken]);
  return row;
}

const chargeFactsStatement = sql(
  'chargedMobiles.find',
  `SELECT (SELECT leveret_now()) AS asked_at, EXISTS (
     SELECT FROM charged_mobiles
     WHERE publisher_id = $1 AND adapter = $2 AND merchant_id = $3 AND mobile_key = $4) AS was_charged`,
);

/** The time, and whether a first charge of the payer's mobile succeeded at the merchant's account. */
export async function findChargeFacts(
  database: Queryable,
  order: OrderToPay,
  { adapter, merchantId }: { adapter: string; merchantId: string },
): Promise<{ askedAt: Date; isFirstCharge: boolean }> {
  const values = [order.publisher_id, adapter, merchantId, order.mobile_key];
  type Row = { asked_at: Date; was_charged: boolean };
  const [row] = await database.query<Row>(chargeFactsStatement, values);
  if (!row) throw new Error('the database told no time');
  return { askedAt: row.asked_at, isFirstCharge: !row.was_charged };
}
