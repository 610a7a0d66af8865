import type { Queryable } from '../database/statement.ts';
import type { StoppedReason } from '../orders/order.ts';
import { paymentMethodRules } from '../orders/payment-methods.ts';
import type { BrowserPayments, PayableMethod } from '../payments/browser-payment.ts';
import type { BuyerReason, BuyerStep } from '../payments/buyer-step.ts';
import type { Client } from '../publishers/publisher.ts';
import type { CompleteLane } from './complete-by-api.ts';
import type { VisitedOrder } from './find-visited-order.ts';

/** What a buyer meets at the fulfillment address of an order. */
export type Visit =
  | { kind: 'done' }
  | { kind: 'stopped'; reason: StoppedReason; because: BuyerReason | undefined }
  /** A payment is open, at the provider's page or on the buyer's phone; its outcome is not known yet. */
  | { kind: 'waiting'; where: 'provider' | 'phone' | 'nowhere' }
  /** The buyer goes to the provider, or sees its snippet. */
  | { kind: 'go'; method: PayableMethod; step: Exclude<BuyerStep, { to: 'code' }> }
  /** A code was sent to the buyer's mobile, and is to be typed; `hasChoice` of other methods. */
  | { kind: 'code'; hasChoice: boolean; notice: 'not a code' | 'new code' | undefined }
  /** The buyer chooses a method, or tries again; `former` says why the last try came to nothing. */
  | { kind: 'choose'; choices: readonly PayableMethod[]; former: BuyerReason | undefined }
  | { kind: 'refused'; reason: 'sms' | 'other' | 'not-configured' }
  /** Nothing is owed; a person is to press a button. */
  | { kind: 'confirm' }
  /** Another browser holds the order. */
  | { kind: 'elsewhere' }
  | { kind: 'too many' };

export type VisitDecision =
  | Extract<Visit, { kind: 'done' | 'stopped' | 'refused' }>
  | { kind: 'complete' }
  /** Money is owed, or being paid. */
  | { kind: 'pay' };

/** Decides what opening the address means for an order. Only what owes nothing any more completes at once. */
export function decideVisit(order: VisitedOrder): VisitDecision {
  switch (order.state) {
    case 'completed':
      return { kind: 'done' };
    case 'stopped':
      return { kind: 'stopped', reason: order.stoppedReason ?? 'expired', because: order.lastReason };
    case 'paying':
      return { kind: 'pay' };
    case 'registered':
      return decideRegistered(order);
  }
}

function decideRegistered({ paymentMethod, prepaid, recurring, amountMinor }: VisitedOrder): VisitDecision {
  if (paymentMethod === undefined) return { kind: 'pay' };
  if (prepaid) return { kind: 'complete' };
  if (paymentMethod === 'other') return { kind: 'refused', reason: paymentMethod };
  const owesNothing = amountMinor === 0 && !(recurring && paymentMethod === 'vippsRecurring');
  return paymentMethodRules[paymentMethod].completesUnpaid || owesNothing
    ? { kind: 'complete' }
    : { kind: 'pay' };
}

export type ReturnWishes = { returnUrl: string | undefined; errorUrl: string | undefined };

/** What the buyer has pressed on our page. */
export type Pressed =
  | { kind: 'nothing' }
  | { kind: 'method'; method: string }
  | { kind: 'code'; code: string }
  | { kind: 'new code' }
  | { kind: 'complete' };

/** What is known of the buyer who opened the address. */
export type Visitor = {
  client: Client;
  wishes: ReturnWishes;
  /** Our page that the buyer is on: path and query. */
  returnPage: string;
  language: string;
  buyer: { userAgent: string | undefined; address: string | undefined };
  pressed: Pressed;
  /** Tells the browser of a guest, who may be anybody; nothing for a buyer who was invited. */
  guestId: string | undefined;
  /** False for what only looks at the page: it begins no payment, or completes nothing. */
  mayBegin: boolean;
  mayComplete: boolean;
  /** The buyer comes back from the provider: the try under way is waited for, not begun again. */
  isBack: boolean;
};

export type VisitContext = {
  database: Queryable;
  completeOrder: CompleteLane;
  browserPayments: BrowserPayments;
};
