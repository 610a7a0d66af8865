import { type Queryable, sql } from '../database/statement.ts';
import type { PaymentMethod } from '../orders/order.ts';
import { currencyOf, type PagePayment, type PagePaymentEnd, type PagePaymentState } from './page-payment.ts';
import type { MethodSettings } from './port/payment-method.ts';

type Row = {
  page_payment_id: number;
  publisher_id: number;
  client_id: string;
  payment_method: PaymentMethod;
  adapter: string;
  merchant_id: string;
  reference: string;
  notice_token: string;
  provider_id: string | null;
  pinned: MethodSettings;
  amount_minor: number;
  currency: string;
  recurring: boolean;
  return_url: string;
  page_state: string;
  state: PagePaymentState;
  outcome: PagePaymentEnd | null;
  is_captured: boolean;
  code: string | null;
  paid_at: Date | null;
  age_seconds: number;
  window_seconds_left: number;
};

const columns = `page_payment_id, publisher_id, client_id, payment_method, adapter, merchant_id, reference,
  notice_token, provider_id, pinned, amount_minor, currency, recurring, return_url, page_state, state,
  outcome, is_captured, code, paid_at, extract(epoch FROM leveret_now() - created_at)::float8 AS age_seconds,
  extract(epoch FROM window_ends_at - leveret_now())::float8 AS window_seconds_left`;

function pagePayment(row: Row | undefined): PagePayment | undefined {
  return (
    row && {
      pagePaymentId: row.page_payment_id,
      publisherId: row.publisher_id,
      clientId: row.client_id,
      paymentMethod: row.payment_method,
      adapter: row.adapter,
      merchantId: row.merchant_id,
      reference: row.reference,
      noticeToken: row.notice_token,
      providerId: row.provider_id ?? undefined,
      pinned: row.pinned,
      amountMinor: row.amount_minor,
      currency: currencyOf(row.currency),
      recurring: row.recurring,
      returnUrl: row.return_url,
      pageState: row.page_state,
      state: row.state,
      outcome: row.outcome ?? undefined,
      isCaptured: row.is_captured,
      code: row.code ?? undefined,
      paidAt: row.paid_at ?? undefined,
      ageSeconds: row.age_seconds,
      windowSecondsLeft: row.window_seconds_left,
    }
  );
}

const insertStatement = sql(
  'pagePayments.insert',
  `INSERT INTO page_payments (publisher_id, client_id, payment_method, adapter, merchant_id, reference,
     notice_token, pinned, amount_minor, currency, recurring, return_url, page_state, state, window_ends_at,
     created_at)
   SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'open', at + $14 * interval '1 minute', at
   FROM (SELECT leveret_now() AS at) clock`,
);

export type NewPagePayment = Pick<
  PagePayment,
  | 'publisherId'
  | 'clientId'
  | 'paymentMethod'
  | 'adapter'
  | 'merchantId'
  | 'reference'
  | 'noticeToken'
  | 'pinned'
  | 'amountMinor'
  | 'currency'
  | 'recurring'
  | 'returnUrl'
  | 'pageState'
> & { windowMinutes: number };

export async function insertPagePayment(database: Queryable, made: NewPagePayment): Promise<void> {
  await database.query(insertStatement, [
    made.publisherId,
    made.clientId,
    made.paymentMethod,
    made.adapter,
    made.merchantId,
    made.reference,
    made.noticeToken,
    JSON.stringify(made.pinned),
    made.amountMinor,
    made.currency,
    made.recurring,
    made.returnUrl,
    made.pageState,
    made.windowMinutes,
  ]);
}

const findBy = (name: string, condition: string) =>
  sql(`pagePayments.${name}`, `SELECT ${columns} FROM page_payments WHERE ${condition}`);

const byId = findBy('find', 'publisher_id = $1 AND page_payment_id = $2');
const byToken = findBy('findByNoticeToken', 'notice_token = $1');
const byReference = findBy('findByReference', 'publisher_id = $1 AND reference = $2');
const byProviderId = findBy('findByProviderId', 'publisher_id = $1 AND adapter = $2 AND provider_id = $3');

export async function findPagePayment(database: Queryable, publisherId: number, pagePaymentId: number) {
  return pagePayment((await database.query<Row>(byId, [publisherId, pagePaymentId]))[0]);
}

/** The payment whose unguessable address was opened, by the buyer or by the provider. */
export async function findPagePaymentByToken(database: Queryable, noticeToken: string) {
  return pagePayment((await database.query<Row>(byToken, [noticeToken]))[0]);
}

export async function findPagePaymentByReference(
  database: Queryable,
  publisherId: number,
  reference: string,
) {
  return pagePayment((await database.query<Row>(byReference, [publisherId, reference]))[0]);
}

export async function findPagePaymentByProviderId(
  database: Queryable,
  publisherId: number,
  adapter: string,
  providerId: string,
) {
  return pagePayment((await database.query<Row>(byProviderId, [publisherId, adapter, providerId]))[0]);
}
