import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { OrderState } from '../orders/order.ts';
import type { WayToPay, WayToPayOrder } from '../payments/merchants/find-method.ts';
import { dueOf, type OwingOrder } from './what-is-due.ts';

export type OrderToComplete = OwingOrder & {
  publisherId: PublisherId;
  orderId: OrderId;
  state: OrderState;
  /** The merchant's account that the order names. */
  merchantId: string | undefined;
  hasMobile: boolean;
  currency: string;
  /**
   * It is being paid, and the buyer has begun nothing: somebody who named it by its number has, or what could
   * not be taken without the buyer is left to the browser.
   */
  waitsForBuyer: boolean;
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
  // A guest may leave without paying, so nothing is promised; the buyer pays at fulfillmentUrl.
  if (order.state === 'paying' && order.waitsForBuyer) return { kind: 'refuse', code: 'buyer_must_act' };
  if (order.state !== 'registered') return { kind: 'nothing to do' };
  const due = dueOf(order);
  switch (due) {
    case 'nothing owed':
    case 'invoice':
    case 'prepayment':
      return { kind: 'complete at once', by: due };
    case 'proof elsewhere':
      return { kind: 'refuse', code: 'other_must_be_prepaid' };
    case 'money':
    case 'agreement': {
      const { publisherId, paymentMethod, merchantId, hasMobile, currency } = order;
      if (paymentMethod === undefined) return { kind: 'refuse', code: 'buyer_must_act' };
      return decisions[wayToPay({ publisherId, paymentMethod, merchantId, hasMobile, currency })];
    }
  }
}

const decisions: Record<WayToPay, CompletionDecision> = {
  charge: { kind: 'take payment' },
  browser: { kind: 'refuse', code: 'buyer_must_act' },
  none: { kind: 'refuse', code: 'payment_method_is_not_configured' },
  'other currency': { kind: 'refuse', code: 'currency_differs' },
};
