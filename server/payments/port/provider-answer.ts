import type { BuyerReason, BuyerStep } from '../buyer-step.ts';

/**
 * What came of asking for a payment session. No money can have been taken by it, as no buyer was there yet.
 * `unknown` may have made one that nobody will ever be sent to.
 */
export type Started =
  | { kind: 'started'; providerId: string; buyer: BuyerStep; raw: string }
  | { kind: 'refused'; code: string; reason: BuyerReason; raw: string }
  | { kind: 'not sent'; code: string }
  | { kind: 'unknown'; code: string; raw: string };

/** What the provider says of the money of one attempt, each in all so far; it only grows. */
export type ProviderMoney = {
  authorizedMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  cancelledMinor: number;
};

/** What a provider let us know about an attempt. `raw` is kept sealed as evidence. */
export type Evidence = {
  /**
   * `secured`: reserved or taken. `not_sent`: the provider surely has nothing under our reference, and never
   * will by what was sent so far. `pending`: it is at work, or waits for the buyer or for a review.
   */
  meaning: 'pending' | 'unknown' | 'secured' | 'declined' | 'aborted' | 'expired' | 'not_sent';
  /** The provider's own word, for staff. */
  code?: string;
  reason?: BuyerReason;
  providerId?: string;
  /** Nothing was taken, and it can only be taken with the buyer at a screen. */
  needsBuyer?: boolean;
  /** The provider itself cannot tell: a person must find out. */
  isUnresolvable?: boolean;
  money?: ProviderMoney;
  /** The provider's deadline for taking what is reserved. */
  captureBefore?: Date;
  /** What a person should see although the attempt goes on or is secured. */
  attention?: 'action required' | 'fraud reversed' | 'authorization lost' | 'disputed';
  /** What the buyer agreed to for payments to come, and whether it still stands. */
  agreement?: { token: string; state: 'active' | 'stopped' };
  raw: string;
};

/**
 * How a capture, cancellation or refund ended. `failed` is final for this reference; `not sent` and `unknown`
 * are tried again with the same reference, by which the provider moves money at most once. `not now` was
 * refused under this reference for good, and may be done later under another, unless an earlier call may have
 * done it.
 */
export type OperationAnswer =
  | { kind: 'succeeded'; money?: ProviderMoney; raw: string }
  /** The provider took it and is at work; `ask` will tell by the totals. */
  | { kind: 'pending'; raw: string }
  | { kind: 'failed'; code: string; raw: string }
  | { kind: 'not now'; code: string; raw: string }
  /** Cancelling what was not to be paid yet: the buyer was faster, and `ask` tells what is secured. */
  | { kind: 'already secured'; raw: string }
  | { kind: 'not sent'; code: string }
  | { kind: 'unknown'; code: string; raw: string };
