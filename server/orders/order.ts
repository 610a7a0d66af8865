import type { AttentionNeeded } from '../cases/case.ts';
import type { AccountId, ClientId, CustomerNumber, OrderId, PublisherId } from '../kit/ids.ts';
import type { PaymentMethod } from './payment-methods.ts';

export const orderStates = ['registered', 'paying', 'completed', 'stopped'] as const;
export type OrderState = (typeof orderStates)[number];

export type OrderAction = 'take payment' | 'complete' | 'stop' | 'complete with late payment';

/** Which state each action leads to. The database holds the same edges in a trigger. */
export const orderTransitions = {
  registered: { 'take payment': 'paying', complete: 'completed', stop: 'stopped' },
  paying: { complete: 'completed', stop: 'stopped' },
  completed: {},
  stopped: { 'complete with late payment': 'completed' },
} as const satisfies Record<OrderState, Partial<Record<OrderAction, OrderState>>>;

/** What the original's endpoints show: an order is preliminary until it ends. */
export type OriginalOrderStatus = 'preliminary' | 'completed' | 'stopped';

export function originalStatusOf(state: OrderState): OriginalOrderStatus {
  return state === 'completed' || state === 'stopped' ? state : 'preliminary';
}

export type StoppedReason = 'expired' | 'cancelled' | 'payment_failed';

export type ProductSpecType = 'coupon' | 'product' | 'issue' | 'article';

/** Facts of an order that its events carry, so that a following step need not read them again. */
export type OrderFacts = {
  publisherId: PublisherId;
  orderId: OrderId;
  clientId: ClientId;
  customerNumber: CustomerNumber;
  accountId?: AccountId;
  paymentMethod?: PaymentMethod;
  prepaid: boolean;
  amountMinor: number;
  currency: string;
};

/** What the buyer was shown and agreed to by the button; `attemptId` where it began a try to pay. */
export type CheckoutFacts = {
  attemptId?: number;
  textVersion: string;
  textSha256: string;
  language: string;
  paymentMethod?: PaymentMethod;
  /** What is paid now. */
  amountMinor: number;
  /** The buyer wants it to begin at once, and knows what follows for the right of withdrawal. */
  earlyStart: boolean;
};

export type OrderEvent =
  | ({ name: 'order registered' } & OrderFacts)
  | ({ name: 'order completed' /** 1 first, higher after a late payment. */; sequence: number } & OrderFacts)
  | ({ name: 'order stopped'; reason: StoppedReason; sequence: number } & OrderFacts)
  /** The buyer has pressed the button of our page, and was shown the words with this hash (SHA-256, hex). */
  | ({ name: 'checkout confirmed'; publisherId: PublisherId; orderId: OrderId } & CheckoutFacts)
  /** Cancelling was asked for while a payment was open. */
  | { name: 'cancel asked'; publisherId: PublisherId; orderId: OrderId }
  | AttentionNeeded<'prepaid order left', OrderFacts>;
