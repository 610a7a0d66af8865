import type { OrderToPay } from '../ledger/attempts-store.ts';
import { describeLines } from '../lines/describe-lines.ts';
import type { OrderContent } from '../lines/find-payment-lines.ts';
import { findAdapter } from '../merchants/find-method.ts';
import type { PaymentRequest } from '../port/payment-request.ts';

export type Addresses = { publicUrl: string };

/** The part of every request that follows from the order and the attempt. */
export function describePayment(
  { publicUrl }: Addresses,
  order: OrderToPay,
  content: OrderContent,
  attempt: { reference: string; noticeToken: string; adapter: string },
): Omit<PaymentRequest, 'agreement'> {
  return {
    reference: attempt.reference,
    amountMinor: order.amount_minor,
    vatMinor: content.vatMinor,
    currency: order.currency,
    description: describeLines(content.lines, order.locale, findAdapter(attempt.adapter)),
    lines: content.lines,
    mobile: order.mobile ?? undefined,
    email: order.email ?? undefined,
    country: order.country,
    language: order.locale,
    noticeUrl: `${publicUrl}/capi/notices/${attempt.adapter}/attempts/${attempt.noticeToken}`,
  };
}

/** Where the buyer comes back to from the provider; it only leads to asking. */
export function returnAddress({ publicUrl }: Addresses, noticeToken: string): string {
  return `${publicUrl}/user/fulfillment/back/${noticeToken}`;
}
