import { type Queryable, sql } from '../../database/statement.ts';
import { type Currency, isCurrency } from '../../kit/money.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import type { AttemptState } from '../payment.ts';
import type { PagePayment } from './page-payment.ts';

const insertStatement = sql(
  'pagePayments.insert',
  `INSERT INTO page_payments (payment_id, publisher_id, client_id, payment_method, recurring, return_url,
     page_state, created_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT leveret_now()))`,
);

export type NewPagePayment = Pick<
  PagePayment,
  'publisherId' | 'clientId' | 'paymentMethod' | 'recurring' | 'returnUrl' | 'pageState'
> & { paymentId: number };

/** Keeps what the page said of a payment that it begins. */
export async function insertPagePayment(database: Queryable, made: NewPagePayment): Promise<void> {
  await database.query(insertStatement, [
    made.paymentId,
    made.publisherId,
    made.clientId,
    made.paymentMethod,
    made.recurring,
    made.returnUrl,
    made.pageState,
  ]);
}

// A page begins one attempt; the buyer who comes again begins another payment.
const findStatement = sql(
  'pagePayments.findByToken',
  `SELECT attempts.publisher_id, attempts.attempt_id, client_id, payment_method, reference, notice_token,
     payments.amount_minor, currency, recurring, return_url, page_state, state, ended_at, is_captured,
     state = 'secured' AND attempts.authorized_minor <> payments.amount_minor AS is_another_amount,
     payments.order_id IS NULL AND (attempts.refunded_minor > 0 OR attempts.cancelled_minor > 0
       OR EXISTS (SELECT FROM payment_operations operations
         WHERE operations.attempt_id = attempts.attempt_id AND kind IN ('cancel', 'refund'))) AS is_given_back
   FROM payment_attempts attempts JOIN payments USING (payment_id) JOIN page_payments USING (payment_id)
   WHERE notice_token = $1`,
);

type Row = {
  publisher_id: number;
  attempt_id: number;
  client_id: string;
  payment_method: PaymentMethod;
  reference: string;
  notice_token: string;
  amount_minor: number;
  currency: string;
  recurring: boolean;
  return_url: string;
  page_state: string;
  state: AttemptState;
  ended_at: Date | null;
  is_captured: boolean;
  is_another_amount: boolean;
  is_given_back: boolean;
};

/** The payment whose unguessable address the buyer has opened. */
export async function findPagePayment(
  database: Queryable,
  noticeToken: string,
): Promise<PagePayment | undefined> {
  const [row] = await database.query<Row>(findStatement, [noticeToken]);
  return row && pagePayment(row);
}

function pagePayment(row: Row): PagePayment {
  return {
    publisherId: row.publisher_id,
    attemptId: row.attempt_id,
    clientId: row.client_id,
    paymentMethod: row.payment_method,
    reference: row.reference,
    noticeToken: row.notice_token,
    amountMinor: row.amount_minor,
    currency: currencyOf(row.currency),
    recurring: row.recurring,
    returnUrl: row.return_url,
    pageState: row.page_state,
    state: row.state,
    paidAt: row.state === 'secured' && row.ended_at ? row.ended_at : undefined,
    isCaptured: row.is_captured,
    isAnotherAmount: row.is_another_amount,
    isRefunded: row.is_given_back,
  };
}

function currencyOf(text: string): Currency {
  if (!isCurrency(text)) throw new Error('a payment was stored with a currency that is none');
  return text;
}
