import type { OrderToPay } from './attempts-store.ts';
import type { OrderContent } from './find-payment-lines.ts';
import type { PaymentRequest } from './port/payment-request.ts';

export type Addresses = { publicUrl: string };

/** The part of every request that follows from the order and the attempt. */
export function describePayment(
  { publicUrl }: Addresses,
  order: OrderToPay,
  content: OrderContent,
  attempt: { reference: string; noticeToken: string; adapter: string },
): PaymentRequest {
  const { terms } = content;
  return {
    reference: attempt.reference,
    amountMinor: order.amount_minor,
    vatMinor: content.vatMinor,
    currency: order.currency,
    description: cut(order.description ?? 'order', 50),
    lines: content.lines,
    mobile: order.mobile ?? undefined,
    email: order.email ?? undefined,
    country: order.country,
    language: order.locale,
    noticeUrl: `${publicUrl}/capi/notices/${attempt.adapter}/attempts/${attempt.noticeToken}`,
    agreement: terms ? { ...terms, manageUrl: `${publicUrl}/user/welcome` } : undefined,
  };
}

/** Where the buyer comes back to from the provider; it only leads to asking. */
export function returnAddress({ publicUrl }: Addresses, noticeToken: string): string {
  return `${publicUrl}/user/fulfillment/back/${noticeToken}`;
}

function cut(text: string, longest: number): string {
  return [...text].slice(0, longest).join('');
}
