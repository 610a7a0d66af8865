import { type Queryable, sql } from '../database/statement.ts';
import { type PaymentResult, resultGoodForSeconds, transactionIdPrefix } from '../orders/payment-result.ts';
import type { PagePayment, PagePaymentEnd } from './page-payment.ts';

// Every move names the states that it starts from: what came later than something better changes nothing.

const noteStarted = sql(
  'pagePayments.noteStarted',
  'UPDATE page_payments SET provider_id = $2 WHERE reference = $1 AND provider_id IS NULL',
);

export async function notePageStarted(
  database: Queryable,
  reference: string,
  providerId: string,
): Promise<void> {
  await database.query(noteStarted, [reference, providerId]);
}

const endStatement = sql(
  'pagePayments.end',
  `UPDATE page_payments SET state = 'ended', outcome = $2, code = $3
   WHERE reference = $1 AND state = 'open'`,
);

export async function endPagePayment(
  database: Queryable,
  reference: string,
  end: { outcome: PagePaymentEnd; code: string | undefined },
): Promise<void> {
  await database.query(endStatement, [reference, end.outcome, end.code ?? null]);
}

const secureStatement = sql(
  'pagePayments.secure',
  `UPDATE page_payments SET state = 'secured', outcome = NULL, paid_at = leveret_now(), is_captured = $2,
     provider_id = coalesce($3, provider_id), code = $4, told_at = NULL
   WHERE reference = $1 AND state IN ('open', 'ended')`,
);

export async function securePagePayment(
  database: Queryable,
  reference: string,
  paid: Pick<PaymentResult, 'isCaptured'> & { providerId: string | undefined; code: string | undefined },
): Promise<void> {
  const { isCaptured, providerId = null, code = null } = paid;
  await database.query(secureStatement, [reference, isCaptured, providerId, code]);
}

const useStatement = sql(
  'pagePayments.use',
  `UPDATE page_payments SET state = 'used', order_id = $3
   WHERE publisher_id = $1 AND page_payment_id = $2 AND state = 'secured' RETURNING page_payment_id`,
);

/** Ties the payment to the order that uses it; false where another does, or where it goes back already. */
export async function usePagePayment(
  transaction: Queryable,
  { publisherId, pagePaymentId }: PagePayment,
  orderId: number,
): Promise<boolean> {
  return (await transaction.query(useStatement, [publisherId, pagePaymentId, orderId])).length === 1;
}

/**
 * A result is signed for 24 hours. Ten minutes later no registration that was begun in time can still be on
 * its way; what no order that stands has named by then goes back.
 */
export const giveBackAfterSeconds = resultGoodForSeconds + 600;

/** Whether a payment `page_payments` is secured and no order will use it; the seconds above are `$1`. */
export const isUnused = `page_payments.state = 'secured'
  AND paid_at <= leveret_now() - $1 * interval '1 second'
  AND NOT EXISTS (SELECT FROM prepayments
    WHERE prepayments.publisher_id = page_payments.publisher_id
      AND prepayments.payment_method = page_payments.payment_method
      AND transaction_id = '${transactionIdPrefix}' || reference AND released_at IS NULL)`;

const claimStatement = sql(
  'pagePayments.claimGiveBack',
  `UPDATE page_payments SET state = 'giving_back'
   WHERE ${isUnused} AND publisher_id = $2 AND page_payment_id = $3 RETURNING page_payment_id`,
);

/** Commits that the money goes back, before the provider hears of it; false where it is not to. */
export async function claimGiveBack(
  database: Queryable,
  { publisherId, pagePaymentId }: PagePayment,
): Promise<boolean> {
  const values = [giveBackAfterSeconds, publisherId, pagePaymentId];
  return (await database.query(claimStatement, values)).length === 1;
}

const givenBackStatement = sql(
  'pagePayments.givenBack',
  `UPDATE page_payments SET state = 'given_back', code = NULL
   WHERE publisher_id = $1 AND page_payment_id = $2 AND state = 'giving_back'`,
);

export async function noteGivenBack(
  database: Queryable,
  { publisherId, pagePaymentId }: PagePayment,
): Promise<void> {
  await database.query(givenBackStatement, [publisherId, pagePaymentId]);
}

const tellStatement = sql(
  'pagePayments.tell',
  `UPDATE page_payments SET told_at = leveret_now(), code = $3
   WHERE publisher_id = $1 AND page_payment_id = $2`,
);

/** Remembers that the operator was told, and why; it is tried again a day later. */
export async function notePageTold(
  database: Queryable,
  { publisherId, pagePaymentId }: PagePayment,
  code: string,
): Promise<void> {
  await database.query(tellStatement, [publisherId, pagePaymentId, code]);
}
