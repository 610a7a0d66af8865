import type { AccountId, ClientId, CustomerNumber, OrderId, PublisherId } from '../kit/ids.ts';

export const orderStates = ['registered', 'paying', 'completed', 'stopped'] as const;
export type OrderState = (typeof orderStates)[number];

export type OrderAction = 'take payment' | 'complete' | 'stop' | 'complete with late money';

/** Which state each action leads to. The database holds the same edges in a trigger. */
export const orderTransitions = {
  registered: { 'take payment': 'paying', complete: 'completed', stop: 'stopped' },
  paying: { complete: 'completed', stop: 'stopped' },
  completed: {},
  stopped: { 'complete with late money': 'completed' },
} as const satisfies Record<OrderState, Partial<Record<OrderAction, OrderState>>>;

/** What the original's endpoints show: an order is preliminary until it ends. */
export type OriginalOrderStatus = 'preliminary' | 'completed' | 'stopped';

export function originalStatusOf(state: OrderState): OriginalOrderStatus {
  return state === 'completed' || state === 'stopped' ? state : 'preliminary';
}

export type StoppedReason = 'expired' | 'cancelled' | 'payment_failed';

/** The original's names; `payment-methods.ts` says what each can do for an order. */
export const paymentMethods = [
  'free',
  'invoice',
  'sms',
  'smsPay',
  'vippsEcommerce',
  'vippsRecurring',
  'kco',
  'creditcardPayex',
  'swishPayex',
  'nexi',
  'other',
] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

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

export type OrderEvent =
  | ({ name: 'order registered' } & OrderFacts)
  | ({ name: 'order completed' /** 1 first, higher after late money. */; sequence: number } & OrderFacts)
  | ({ name: 'order stopped'; reason: StoppedReason; sequence: number } & OrderFacts)
  /** Cancelling was asked for while a payment was open. */
  | { name: 'cancel asked'; publisherId: PublisherId; orderId: OrderId }
  | ({ name: 'prepaid order left' } & OrderFacts);
