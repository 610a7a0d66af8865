import { type OrderId, orderId, type PublisherId, publisherId } from '../kit/ids.ts';

export type AttemptState =
  | 'created'
  | 'sent'
  | 'pending'
  | 'unknown'
  | 'secured'
  | 'declined'
  | 'aborted'
  | 'expired'
  | 'discarded';

/** Which states may follow each; the database holds the same edges in a trigger. */
export const attemptTransitions: Record<AttemptState, readonly AttemptState[]> = {
  created: ['sent', 'discarded', 'declined', 'secured', 'pending', 'unknown'],
  sent: ['pending', 'unknown', 'secured', 'declined', 'aborted', 'expired', 'discarded'],
  pending: ['unknown', 'secured', 'declined', 'aborted', 'expired'],
  unknown: ['pending', 'secured', 'declined', 'aborted', 'expired', 'discarded'],
  secured: [],
  declined: ['secured'],
  aborted: ['secured'],
  expired: ['secured'],
  discarded: ['secured'],
};

/** Whether money may still come of it by itself. */
export function isOpen(state: AttemptState): boolean {
  return state === 'created' || state === 'sent' || state === 'pending' || state === 'unknown';
}

type OfOrder = { publisherId: PublisherId; orderId: OrderId };
type OfAttempt = OfOrder & { attemptId: number };
/** One event type for each name, so that a line of the journey can pick its own. */
type Named<Name extends string, Facts> = Name extends string ? { name: Name } & Facts : never;

export type PaymentEvent =
  | Named<'payment wanted' | 'prepayment mismatch', OfOrder>
  /** `askAfterSeconds`: when the provider is asked first; at once unless said. */
  | Named<'payment pending' | 'payment unknown', OfAttempt & { askAfterSeconds?: number }>
  /** A buyer at a screen may try again, or choose another method, until the window ends. */
  | Named<'another try offered', OfOrder>
  | Named<
      'payment secured',
      OfOrder & { by: 'nothing owed' | 'invoice' | 'prepayment' | 'attempt'; attemptId?: number }
    >
  | Named<'late money' | 'late money accepted' | 'give-back due' | 'surplus money', OfAttempt>
  /** What came of it is known; `adapter` says who may be waiting to hear that it is stored. */
  | Named<'attempt settled', OfAttempt & { adapter: string; isSecured: boolean }>
  | Named<'attempt ended without money' | 'attempt unresolved', OfAttempt & { reason: string }>
  | Named<'action required' | 'fraud reversed' | 'authorization lost' | 'payment disputed', OfAttempt>
  /** The buyer, or the provider, ended what was agreed on for payments to come. */
  | Named<'agreement stopped', OfOrder & { agreementId: number }>
  | Named<'payment failed', OfOrder & { reason: string }>
  | Named<'payment captured' | 'payment refunded' | 'payment released', OfAttempt & { amountMinor: number }>;

/** Reads whose order a job is about from its arguments. */
export function orderOf(values: Record<string, unknown>): { publisherId: PublisherId; orderId: OrderId } {
  return {
    publisherId: publisherId(Number(values['publisherId'])),
    orderId: orderId(Number(values['orderId'])),
  };
}
