import type { Currency } from '../../kit/money.ts';
import type { PaymentMethod } from '../../orders/payment-methods.ts';
import type { AttemptState } from '../payment.ts';

/** A payment on a publisher's page, with what its page is told. It may have an order by now. */
export type PagePayment = {
  publisherId: number;
  attemptId: number;
  clientId: string;
  paymentMethod: PaymentMethod;
  reference: string;
  noticeToken: string;
  amountMinor: number;
  currency: Currency;
  recurring: boolean;
  returnUrl: string;
  pageState: string;
  state: AttemptState;
  /** When it was secured; nothing before. */
  paidAt: Date | undefined;
  /** Whether the money was taken then, or only reserved. */
  isCaptured: boolean;
  /** The provider took another amount than was asked for: nothing is signed for it. */
  isAnotherAmount: boolean;
  /** No order has it, and it goes back, or has gone. */
  isRefunded: boolean;
};
