import type { Queryable } from '../database/statement.ts';
import type { StoppedReason } from '../orders/order.ts';
import type { PaymentMethod } from '../orders/payment-methods.ts';
import type { BrowserPayments, Choices } from '../payments/browser-payment.ts';
import type { BuyerReason, BuyerStep } from '../payments/buyer-step.ts';
import type { Client } from '../publishers/publisher.ts';
import type { CompleteLane } from './complete-by-api.ts';
import type { VisitedOrder } from './find-visited-order.ts';
import type { VisitLanes } from './visit-lanes.ts';
import { dueOf } from './what-is-due.ts';

/** What a buyer meets at the fulfillment address of an order. */
export type Visit =
  | { kind: 'done' }
  | { kind: 'stopped'; reason: StoppedReason; because: BuyerReason | undefined }
  /**
   * A payment is open, at the provider's page or on the buyer's phone; its outcome is not known yet. Or the
   * buyer, `on the way` to the provider, is to be led on once there is a session.
   */
  | { kind: 'waiting'; where: 'provider' | 'phone' | 'on the way' | 'nowhere' }
  /** The buyer goes to the provider, or sees its snippet. */
  | { kind: 'go'; method: PaymentMethod; step: Exclude<BuyerStep, { to: 'code' }> }
  /**
   * A code was sent to the buyer's mobile, and is to be typed; `hasChoice` of other methods.
   * `triesLeft` stands for a wrong code before this one.
   */
  | {
      kind: 'code';
      hasChoice: boolean;
      notice: 'not a code' | 'new code' | { triesLeft: number } | undefined;
    }
  /**
   * The buyer is shown what is bought and chooses a method, or tries again. `former` says why the last try
   * came to nothing, `isChanged` that something else was shown before. Where all that there was is spent,
   * nothing can be chosen.
   */
  | { kind: 'choose'; choices: Choices; former: BuyerReason | undefined; isChanged?: boolean }
  | { kind: 'refused'; reason: 'by phone' | 'other' | 'not-configured' }
  /** No provider takes money; a person is to press a button. */
  | { kind: 'confirm'; isChanged?: boolean }
  /** Another browser holds the order. */
  | { kind: 'elsewhere' }
  | { kind: 'too many' };

export type VisitDecision =
  | Extract<Visit, { kind: 'done' | 'stopped' | 'refused' }>
  | { kind: 'complete' }
  /** Money or an agreement is owed, or being paid. */
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

function decideRegistered(order: VisitedOrder): VisitDecision {
  switch (dueOf(order)) {
    case 'nothing owed':
    case 'invoice':
    case 'prepayment':
      return { kind: 'complete' };
    case 'proof elsewhere':
      return { kind: 'refused', reason: 'other' };
    case 'money':
    case 'agreement':
      return { kind: 'pay' };
  }
}

export type ReturnOptions = { returnUrl: string | undefined; errorUrl: string | undefined };

/** What the buyer has pressed on our page. */
export type Pressed =
  | { kind: 'nothing' }
  | ({ kind: 'method'; method: string } & Agreed)
  | { kind: 'code'; code: string }
  | { kind: 'new code' }
  | ({ kind: 'complete' } & Agreed);

/** What the form of our page says: the hash of what was shown, and whether the box was ticked. */
export type Agreed = { seen: string | undefined; earlyStart: boolean };

/** What a buyer is shown now where the order is placed: the words, their version, and their hash. */
export type Shown = { textVersion: string; textSha256: string; language: string; text: string };

/** What is known of the buyer who opened the address. */
export type Visitor = {
  client: Client;
  options: ReturnOptions;
  /** Our page that the buyer is on: path and query. */
  returnPage: string;
  language: string;
  buyer: { userAgent: string | undefined; address: string | undefined };
  pressed: Pressed;
  /** Tells the browser of a guest, who may be anybody; nothing for a buyer who was invited. */
  guestId: string | undefined;
  /** False for what only looks at the page: it begins no payment, or completes nothing. */
  mayBegin: boolean;
  /** Somebody has gone to the page, which programs do not say of themselves. */
  isPerson: boolean;
  mayComplete: boolean;
  /** Orders of the client are placed on its own site, so that a buyer with one way to pay goes on to it. */
  isOrderedOnSite: boolean;
  /** What our page shows now, with a button for each of these methods. */
  readShown(methods: readonly PaymentMethod[]): Promise<Shown>;
  /** The buyer comes back from the provider: the try under way is waited for, not begun again. */
  isBack: boolean;
  /** The buyer waits for a session to be led on to: the try under way is gone on with. */
  isOnTheWay: boolean;
};

export type VisitContext = {
  visitLanes: VisitLanes;
  completeOrder: CompleteLane;
  browserPayments: BrowserPayments;
  /** Where the words are kept that buyers have agreed to. */
  database: Queryable;
};
