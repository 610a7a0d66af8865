import { type Queryable, sql } from '../database/statement.ts';
import type { OrderState } from '../orders/order.ts';
import type { AttemptRow } from './attempts-store.ts';
import { findOrderContent } from './describe-payment.ts';
import type { ConfiguredMethod, MethodDirectory } from './find-method.ts';
import type { AttemptFacts } from './port/payment-request.ts';

/** An attempt with all that asking its provider needs. */
export type FoundAttempt = {
  publisherId: number;
  orderId: number;
  attemptId: number;
  state: AttemptRow['state'];
  flow: AttemptRow['flow'];
  noticeToken: string;
  /** Nothing where the merchant's settings are gone. */
  configured: ConfiguredMethod | undefined;
  facts: AttemptFacts;
  orderState: OrderState;
  isCancelAsked: boolean;
  /** How often the provider was asked, and how old the attempt is. */
  askedCount: number;
  ageSeconds: number;
  windowSecondsLeft: number;
  secondsToReport: number;
};

const findStatement = sql(
  'paymentAttempts.findToAsk',
  `SELECT attempts.publisher_id, attempts.order_id, attempt_id, adapter, attempts.merchant_id, reference,
     provider_id, notice_token, attempts.flow, attempts.state, asked_count, attempts.authorized_minor,
     attempts.captured_minor, attempts.refunded_minor, attempts.cancelled_minor, payments.amount_minor,
     payments.currency, orders.state AS order_state, orders.recurring,
     orders.cancel_asked_at IS NOT NULL AS is_cancel_asked,
     extract(epoch FROM leveret_now() - attempts.created_at)::float8 AS age_seconds,
     extract(epoch FROM window_ends_at - leveret_now())::float8 AS window_seconds_left,
     coalesce(extract(epoch FROM report_due_at - leveret_now()), 0)::float8 AS seconds_to_report
   FROM payment_attempts attempts JOIN payments USING (payment_id)
     JOIN orders ON orders.order_id = attempts.order_id
   WHERE attempts.publisher_id = $1 AND attempt_id = $2`,
);

type Row = {
  publisher_id: number;
  order_id: number;
  attempt_id: number;
  adapter: string;
  merchant_id: string;
  reference: string;
  provider_id: string | null;
  notice_token: string;
  flow: AttemptRow['flow'];
  state: AttemptRow['state'];
  asked_count: number;
  authorized_minor: number;
  captured_minor: number;
  refunded_minor: number;
  cancelled_minor: number;
  amount_minor: number;
  currency: string;
  order_state: OrderState;
  recurring: boolean;
  is_cancel_asked: boolean;
  age_seconds: number;
  window_seconds_left: number;
  seconds_to_report: number;
};

export async function findAttempt(
  context: { database: Queryable; methods: Pick<MethodDirectory, 'findByAdapter'> },
  publisherId: number,
  attemptId: number,
): Promise<FoundAttempt | undefined> {
  const [row] = await context.database.query<Row>(findStatement, [publisherId, attemptId]);
  if (!row) return undefined;
  const content = await findOrderContent(context.database, row);
  return {
    publisherId: row.publisher_id,
    orderId: row.order_id,
    attemptId: row.attempt_id,
    state: row.state,
    flow: row.flow,
    noticeToken: row.notice_token,
    configured: context.methods.findByAdapter(row.publisher_id, row.adapter, row.merchant_id),
    facts: factsOf(row, content),
    orderState: row.order_state,
    isCancelAsked: row.is_cancel_asked,
    askedCount: row.asked_count,
    ageSeconds: row.age_seconds,
    windowSecondsLeft: row.window_seconds_left,
    secondsToReport: row.seconds_to_report,
  };
}

function factsOf(row: Row, content: Pick<AttemptFacts, 'lines' | 'vatMinor'>): AttemptFacts {
  return {
    reference: row.reference,
    providerId: row.provider_id ?? undefined,
    amountMinor: row.amount_minor,
    vatMinor: content.vatMinor,
    currency: row.currency,
    lines: content.lines,
    money: {
      authorizedMinor: row.authorized_minor,
      capturedMinor: row.captured_minor,
      refundedMinor: row.refunded_minor,
      cancelledMinor: row.cancelled_minor,
    },
    isAgreement: row.recurring,
  };
}
