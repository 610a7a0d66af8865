import { type Currency, isCurrency } from '../kit/money.ts';
import type { PaymentMethod } from '../orders/order.ts';
import type { MethodSettings } from './port/payment-method.ts';
import type { AttemptFacts } from './port/payment-request.ts';

export type PagePaymentState = 'open' | 'secured' | 'ended' | 'used' | 'giving_back' | 'given_back';

/** Which states may follow each; the database holds the same edges in a trigger. */
export const pagePaymentTransitions: Record<PagePaymentState, readonly PagePaymentState[]> = {
  open: ['secured', 'ended'],
  // Money came after all.
  ended: ['secured'],
  secured: ['used', 'giving_back'],
  used: [],
  giving_back: ['given_back'],
  given_back: [],
};

/** How a payment on a page ended without money. */
export type PagePaymentEnd = 'declined' | 'aborted' | 'expired' | 'discarded';

/** What a buyer pays on a publisher's page, before any order is registered. */
export type PagePayment = {
  pagePaymentId: number;
  publisherId: number;
  clientId: string;
  paymentMethod: PaymentMethod;
  adapter: string;
  merchantId: string;
  reference: string;
  noticeToken: string;
  providerId: string | undefined;
  pinned: MethodSettings;
  amountMinor: number;
  currency: Currency;
  recurring: boolean;
  returnUrl: string;
  pageState: string;
  state: PagePaymentState;
  outcome: PagePaymentEnd | undefined;
  /** Whether the money was taken, or is only reserved. */
  isCaptured: boolean;
  code: string | undefined;
  paidAt: Date | undefined;
  ageSeconds: number;
  windowSecondsLeft: number;
};

/** `code` of one whose provider took another amount than was asked for: nothing is signed for it. */
export const anotherAmount = 'another amount';

/**
 * The payment as its adapter made it. The page told an amount and nothing of what is sold, so that there are
 * no lines, and no VAT before an order has some.
 */
export function factsOf(payment: PagePayment): AttemptFacts {
  const { reference, providerId, amountMinor, currency, recurring, isCaptured } = payment;
  const authorizedMinor = payment.paidAt === undefined ? 0 : amountMinor;
  return {
    reference,
    providerId,
    amountMinor,
    vatMinor: 0,
    currency,
    lines: [],
    money: {
      authorizedMinor,
      capturedMinor: isCaptured ? authorizedMinor : 0,
      refundedMinor: 0,
      cancelledMinor: 0,
    },
    isAgreement: recurring,
  };
}

export function currencyOf(text: string): Currency {
  if (!isCurrency(text)) throw new Error('a payment was stored with a currency that is none');
  return text;
}
