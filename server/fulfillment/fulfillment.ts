import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { OrderState, PaymentMethod } from '../orders/order.ts';
import { paymentMethodRules } from '../orders/payment-methods.ts';
import type { WayToPay, WayToPayOrder } from '../payments/find-method.ts';

export type OrderToComplete = {
  publisherId: PublisherId;
  orderId: OrderId;
  state: OrderState;
  paymentMethod: PaymentMethod | undefined;
  /** The merchant's account that the order names. */
  merchantId: string | undefined;
  prepaid: boolean;
  amountMinor: number;
  hasMobile: boolean;
  currency: string;
  /** Whether it is being paid by somebody who named it by its number, and need not be the buyer. */
  isPaidByGuest: boolean;
};

/** What completing an order by API leads to. */
export type CompletionDecision =
  | { kind: 'complete at once'; by: 'nothing owed' | 'invoice' | 'prepayment' }
  | { kind: 'take payment' }
  | { kind: 'nothing to do' }
  | { kind: 'refuse'; code: CompletionRefusal };

/** Why a known order cannot be completed by API; answered with 200 and `ERROR`, as at the original. */
export type CompletionRefusal =
  | 'order_is_stopped'
  | 'buyer_must_act'
  | 'other_must_be_prepaid'
  | 'payment_method_is_not_configured'
  | 'currency_differs';

export const refusalTexts: Record<CompletionRefusal, string> = {
  order_is_stopped: 'The order is stopped and cannot be completed.',
  buyer_must_act: 'The buyer must act in a browser; send the buyer to fulfillmentUrl.',
  other_must_be_prepaid: 'An order with paymentMethod other must be prepaid.',
  payment_method_is_not_configured: 'The payment method is not configured for the publisher.',
  currency_differs: 'The payment method cannot be paid in the currency of the order.',
};

/**
 * Decides what completing means for an order. `wayToPay` tells whether the money can be taken without the
 * buyer at a screen, or in the browser, or not at all.
 */
export function decideCompletion(
  order: OrderToComplete,
  wayToPay: (order: WayToPayOrder) => WayToPay,
): CompletionDecision {
  if (order.state === 'stopped') return { kind: 'refuse', code: 'order_is_stopped' };
  // A guest may leave without paying, so nothing is promised; the buyer takes over at fulfillmentUrl.
  if (order.state === 'paying' && order.isPaidByGuest) return { kind: 'refuse', code: 'buyer_must_act' };
  if (order.state !== 'registered') return { kind: 'nothing to do' };
  const method = order.paymentMethod;
  if (method === undefined) return { kind: 'refuse', code: 'buyer_must_act' };
  if (order.prepaid) return { kind: 'complete at once', by: 'prepayment' };
  if (method === 'other') return { kind: 'refuse', code: 'other_must_be_prepaid' };
  if (paymentMethodRules[method].completesUnpaid) {
    return { kind: 'complete at once', by: method === 'invoice' ? 'invoice' : 'nothing owed' };
  }
  // A method that must recur needs the buyer's agreement, even where the first period costs nothing.
  if (order.amountMinor === 0 && paymentMethodRules[method].recurring !== 'required')
    return { kind: 'complete at once', by: 'nothing owed' };
  const { publisherId, merchantId, hasMobile, currency } = order;
  return decisions[wayToPay({ publisherId, paymentMethod: method, merchantId, hasMobile, currency })];
}

const decisions: Record<WayToPay, CompletionDecision> = {
  charge: { kind: 'take payment' },
  browser: { kind: 'refuse', code: 'buyer_must_act' },
  none: { kind: 'refuse', code: 'payment_method_is_not_configured' },
  'other currency': { kind: 'refuse', code: 'currency_differs' },
};
