import type { Problem } from './problem.ts';

export type Instrument = 'CreditCard' | 'Swish';
export type OrderStatus = 'Initialized' | 'Paid' | 'Failed' | 'Cancelled' | 'Aborted' | 'Reversed';

export type Transaction = {
  id: string;
  created: string;
  type: 'Authorization' | 'Sale' | 'Capture' | 'Cancellation' | 'Reversal';
  number: number;
  amount: number;
  vatAmount: number;
  description: string;
  payeeReference: string;
};

export type FailedAttempt = { created: string; number: number; problem: Problem };

/** A payment order as Swedbank Pay keeps it. Amounts are minor units. */
export type PaymentOrder = {
  guid: string;
  /** Stands in the address of the buyer's page, and in no answer but that address. */
  pageToken: string;
  created: string;
  operation: 'Purchase' | 'Verify' | 'UnscheduledPurchase';
  instrument: Instrument;
  status: OrderStatus;
  currency: string;
  amount: number;
  vatAmount: number;
  description: string;
  payeeName: string;
  payeeReference: string;
  orderReference: string;
  mobile: string;
  urls: { completeUrl: string; cancelUrl: string; callbackUrl: string | null };
  wantsToken: boolean;
  unscheduledToken: string | null;
  isTokenDeleted: boolean;
  /** The test card that the buyer chose. */
  card: string | null;
  /** Since when the buyer is in the Swish app, and on which phone. */
  inSwish: { mobile: string; since: string } | null;
  failedAttempts: FailedAttempt[];
  failed: Problem | null;
  abortReason: string | null;
  decidedAt: string | null;
  transactions: Transaction[];
  /** Failed captures and reversals in a row; five lock the order. */
  failuresInRow: number;
};

const failuresThatLock = 5;

export type Totals = { authorized: number; captured: number; cancelled: number; reversed: number };

/** What became of the money so far. A sale is authorized and captured at once. */
export function totalsOf(order: PaymentOrder): Totals {
  const sum = (...types: Transaction['type'][]) =>
    order.transactions.filter((one) => types.includes(one.type)).reduce((all, one) => all + one.amount, 0);
  return {
    authorized: sum('Authorization', 'Sale'),
    captured: sum('Capture', 'Sale'),
    cancelled: sum('Cancellation'),
    reversed: sum('Reversal'),
  };
}

/** What may still be captured (or cancelled), and reversed. */
export function remainingOf(order: PaymentOrder): { capture: number; reversal: number } {
  const { authorized, captured, cancelled, reversed } = totalsOf(order);
  return { capture: authorized - captured - cancelled, reversal: captured - reversed };
}

export function isLocked(order: PaymentOrder): boolean {
  return order.failuresInRow >= failuresThatLock;
}

/** The id of the resource, as it stands in answers. */
export function resourceId(order: Pick<PaymentOrder, 'guid'>): string {
  return `/psp/paymentorders/${order.guid}`;
}
