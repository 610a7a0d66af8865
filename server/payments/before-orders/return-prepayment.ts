import { type Currency, toMajor } from '../../kit/money.ts';
import { paymentMethodRules } from '../../orders/payment-methods.ts';
import {
  type PaymentResult,
  resultGoodForSeconds,
  signPaymentResult,
  transactionIdOf,
} from '../../orders/payment-result.ts';
import type { PagePayment } from './page-payment.ts';

/** How a payment before registration ended, as its page is told. */
export type PrepaymentOutcome =
  | { kind: 'paid'; result: Omit<PaymentResult, 'currency'> & { currency: Currency } }
  | { kind: 'cancel' }
  | { kind: 'error'; code: string }
  /** Nobody knows yet; what is secured later and not used goes back. */
  | { kind: 'unknown' };

/** What the page is told of a payment as it stands; the same however often it is asked. */
export function outcomeOf(payment: PagePayment): PrepaymentOutcome {
  switch (payment.state) {
    case 'created':
    case 'sent':
    case 'pending':
    case 'unknown':
      return { kind: 'unknown' };
    case 'aborted':
      return { kind: 'cancel' };
    case 'declined':
      return { kind: 'error', code: 'payment_declined' };
    case 'expired':
    case 'discarded':
      return { kind: 'error', code: 'payment_expired' };
    case 'secured':
      if (payment.isRefunded) return { kind: 'error', code: 'payment_result_is_expired' };
      if (payment.isAnotherAmount) return { kind: 'error', code: 'payment_result_differs' };
      return { kind: 'paid', result: resultOf(payment) };
  }
}

function resultOf(payment: PagePayment): PaymentResult & { currency: Currency } {
  const { reference, clientId, paymentMethod, amountMinor, currency, recurring, isCaptured, paidAt } =
    payment;
  if (!paidAt) throw new Error('a payment is secured without a time');
  const transactionId = transactionIdOf(reference);
  return { transactionId, clientId, paymentMethod, amountMinor, currency, recurring, isCaptured, paidAt };
}

/**
 * The publisher's page with the outcome behind the `#`, which no server and no `Referer` gets to see; the
 * script reads it from there and takes it away. Of a payment it carries the object that the order then names.
 */
export async function addressWithOutcome(
  key: Buffer,
  page: { returnUrl: string; state: string },
  outcome: PrepaymentOutcome,
): Promise<string> {
  const url = new URL(page.returnUrl);
  const told = { state: page.state, ...(await describe(key, outcome)) };
  url.hash = `leveretpay=${Buffer.from(JSON.stringify(told)).toString('base64url')}`;
  return url.href;
}

async function describe(key: Buffer, outcome: PrepaymentOutcome): Promise<object> {
  switch (outcome.kind) {
    case 'cancel':
      return { status: 'cancel' };
    case 'unknown':
      return { status: 'unknown' };
    case 'error':
      return { status: 'error', code: outcome.code };
    case 'paid': {
      const { paymentMethod, recurring } = outcome.result;
      const name = paymentMethodRules[paymentMethod].paymentInfo ?? 'paymentInfoOther';
      const info = await paymentInfoOf(key, outcome.result);
      return { status: 'success', order: { paymentMethod, prepaid: true, recurring, [name]: info } };
    }
  }
}

async function paymentInfoOf(key: Buffer, result: PaymentResult & { currency: Currency }): Promise<object> {
  const expiresAt = new Date(result.paidAt.getTime() + resultGoodForSeconds * 1000);
  return {
    transactionId: result.transactionId,
    amount: toMajor(result.amountMinor, result.currency),
    currency: result.currency,
    paidTime: result.paidAt.getTime(),
    captured: result.isCaptured,
    signature: await signPaymentResult(key, result, expiresAt),
  };
}
