import { type Currency, toMajor } from '../kit/money.ts';
import { paymentMethodRules } from '../orders/payment-methods.ts';
import { type PaymentResult, signPaymentResult } from '../orders/payment-result.ts';

/** How a payment before registration ended, as its page is told. */
export type PrepaymentOutcome =
  | { kind: 'paid'; result: Omit<PaymentResult, 'currency'> & { currency: Currency } }
  | { kind: 'cancel' }
  | { kind: 'error'; code: string };

/** How long an order may be registered with a result. */
const goodForSeconds = 24 * 3600;

/**
 * The publisher's page with the outcome behind the `#`, which no server and no `Referer` gets to see; the
 * script reads it from there and takes it away. Of a payment it carries the object that the order then names.
 */
export function addressWithOutcome(
  key: Buffer,
  page: { returnUrl: string; state: string },
  outcome: PrepaymentOutcome,
): string {
  const url = new URL(page.returnUrl);
  const told = { state: page.state, ...describe(key, outcome) };
  url.hash = `leveretpay=${Buffer.from(JSON.stringify(told)).toString('base64url')}`;
  return url.href;
}

function describe(key: Buffer, outcome: PrepaymentOutcome): object {
  switch (outcome.kind) {
    case 'cancel':
      return { status: 'cancel' };
    case 'error':
      return { status: 'error', code: outcome.code };
    case 'paid': {
      const { paymentMethod, recurring } = outcome.result;
      const name = paymentMethodRules[paymentMethod].paymentInfo ?? 'paymentInfoOther';
      const info = paymentInfoOf(key, outcome.result);
      return { status: 'success', order: { paymentMethod, prepaid: true, recurring, [name]: info } };
    }
  }
}

function paymentInfoOf(key: Buffer, result: PaymentResult & { currency: Currency }): object {
  const expiresAt = new Date(result.paidAt.getTime() + goodForSeconds * 1000);
  return {
    transactionId: result.transactionId,
    amount: toMajor(result.amountMinor, result.currency),
    currency: result.currency,
    paidTime: result.paidAt.getTime(),
    captured: result.isCaptured,
    signature: signPaymentResult(key, result, expiresAt),
  };
}
