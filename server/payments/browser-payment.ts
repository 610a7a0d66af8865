import type { OrderId, PublisherId } from '../kit/ids.ts';
import type { CheckoutFacts } from '../orders/order.ts';
import type { PaymentMethod as PaymentMethodName } from '../orders/payment-methods.ts';
import type { BuyerReason, BuyerStep } from './buyer-step.ts';

/** What the choice of methods for a buyer at a screen depends on. */
export type PayableOrder = {
  publisherId: PublisherId;
  orderId: OrderId;
  /** Nothing where the order leaves it to the buyer. */
  paymentMethod: PaymentMethodName | undefined;
  merchantId: string | undefined;
  recurring: boolean;
  amountMinor: number;
  currency: string;
  /** The order has a mobile, and the buyer was invited. */
  mayBeSentCode: boolean;
  /** The method of a try under way whose code was sent. */
  codeOutBy: PaymentMethodName | undefined;
  /** False where the order's client is one whose calls are not limited, and neither are its buyers. */
  isLimited: boolean;
};

/** The methods that are set up, fit the order and can be started in a browser, in the order of the list. */
export type Choices = {
  methods: readonly PaymentMethodName[];
  /** What would be among them, had it not been tried so often that no code is sent any more. */
  spent: readonly PaymentMethodName[];
};

/** What the buyer was shown when the button was pressed, and agreed to by it. */
export type Confirmation = Pick<CheckoutFacts, 'textVersion' | 'textSha256' | 'language' | 'earlyStart'>;

export type BrowserStart = {
  order: PayableOrder;
  method: PaymentMethodName;
  /** Our page that the buyer is on and comes back to: path and query. */
  returnPage: string;
  language: string;
  buyer: { userAgent: string | undefined; address: string | undefined };
  /** The buyer wants another code than the one that was sent. */
  wantsNewCode: boolean;
  /**
   * Tells the browser of a guest, who knows the order's number only and may be anybody: no provider is told
   * who the order's buyer is. Nothing for a buyer who was invited.
   */
  guestId: string | undefined;
  /**
   * Nothing where no page showed what is bought. A session that was begun by another confirmation is ended,
   * and one begun anew.
   */
  confirmation: Confirmation | undefined;
  /**
   * False for who only comes again: the session under way is gone on with, and none is begun in its place.
   */
  mayBeginAnew: boolean;
};

export type BrowserStarted =
  /** The buyer goes there to pay. */
  | { kind: 'go'; step: BuyerStep }
  /** Another try is under way and can neither be ended nor followed: its outcome is waited for. */
  | { kind: 'wait' }
  /** No session was made; the buyer may try again or choose another method. */
  | { kind: 'refused'; reason: BuyerReason }
  /** The order is held by another browser, and only a guest asks for it. */
  | { kind: 'elsewhere' }
  /** So many payments were begun for the order, or from the buyer's address, that none is begun now. */
  | { kind: 'too many' }
  /** The order is not to be paid in a browser (any more): what it is now must be read again. */
  | { kind: 'over' };

export type TypedCode = { publisherId: PublisherId; orderId: OrderId; attemptId: number; code: string };

export type BrowserConfirmed =
  /** The charge is asked for: its outcome is waited for. */
  | { kind: 'wait' }
  /** What was typed can be no code, and nothing was done. */
  | { kind: 'not a code' }
  /** No code is waited for (any more): what the order is now must be read again. */
  | { kind: 'over' };

/** Payments by a buyer at a screen, as the pages see them. */
export type BrowserPayments = {
  choicesFor(order: PayableOrder): Promise<Choices>;
  /** Starts a try, or goes on with the one under way; at most one is open, however often it is asked for. */
  start(request: BrowserStart): Promise<BrowserStarted>;
  /** Charges with the code that the buyer has typed; once, however often it is typed. */
  confirm(typed: TypedCode): Promise<BrowserConfirmed>;
  /** Asks the provider about the try under way; what came of it is then read from the order. */
  ask(payment: { publisherId: number; attemptId: number }): Promise<void>;
  /**
   * Ends the try under way, if the provider lets us, and the order with it, unless it is paid. `endsUnbegun`:
   * also an order that no payment was begun for.
   */
  giveUp(
    order: { publisherId: PublisherId; orderId: OrderId },
    options: { endsUnbegun: boolean },
  ): Promise<void>;
  /** Ends the guest's own try, if the provider lets us; the order stays as payable as it was. */
  giveUpTry(order: { publisherId: PublisherId; orderId: OrderId }, guestId: string): Promise<void>;
};
