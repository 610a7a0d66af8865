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
/** What can be done with the money of a secured attempt: take it, give it up, give it back. */
export type OperationKind = 'capture' | 'cancel' | 'refund';

export type OperationState = 'created' | 'sent' | 'unknown' | 'by_hand' | 'succeeded' | 'failed';

/**
 * Which states may follow each, of the first operation of an attempt too. `by_hand` waits for a person. The
 * database holds the same edges in a trigger.
 */
export const operationTransitions: Record<OperationState, readonly OperationState[]> = {
  created: ['sent', 'succeeded', 'failed', 'unknown', 'by_hand'],
  sent: ['succeeded', 'failed', 'unknown', 'by_hand'],
  unknown: ['succeeded', 'failed', 'by_hand'],
  by_hand: ['sent', 'succeeded', 'failed'],
  succeeded: [],
  failed: ['succeeded'],
};

/** What becomes of the access that refunded lines gave. */
export const accessRules = ['keep', 'end_now', 'end_at_period_end'] as const;
export type AccessRule = (typeof accessRules)[number];

/** A line's part of an operation, in minor units. */
export type LinePart = { lineNumber: number; amountMinor: number };

/** One line's share of a refund; `isWhole` where nothing of its price is left. */
export type RefundedLine = LinePart & { isWhole: boolean };

type OfOrder = { publisherId: PublisherId; orderId: OrderId };
type OfAttempt = OfOrder & { attemptId: number };
/** One event type for each name, so that a line of the journey can pick its own. */
type Named<Name extends string, Facts> = Name extends string ? { name: Name } & Facts : never;

export type PaymentEvent =
  | Named<'payment wanted', OfOrder>
  | Named<'prepayment mismatch', OfOrder & { reason?: string }>
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
  /** An operation is written and is to be carried out, at once or after a while. */
  | Named<
      'operation wanted',
      OfAttempt & { operationId: number; kind: OperationKind; amountMinor: number; afterSeconds?: number }
    >
  /** It is known to have moved the money, by whomever. */
  | Named<'operation settled', OfAttempt & { operationId: number; kind: OperationKind }>
  | Named<
      'capture failed' | 'release failed' | 'refund failed',
      OfAttempt & { operationId: number; reason: string }
    >
  /** The method has no refund: a person gives the money back. */
  | Named<
      'refund by hand',
      OfAttempt & { operationId: number; kind: 'refund by hand' | 'give-back due' | 'surplus money' }
    >
  | Named<'capture due', OfAttempt>
  /** Said before any money has moved, so that access follows at once. */
  | Named<
      'refund accepted',
      OfOrder & {
        by: 'operations' | 'credit note';
        amountMinor: number;
        lines: readonly (RefundedLine & { access: AccessRule })[];
        reason?: string;
      }
    >
  | Named<'payment captured' | 'payment refunded' | 'payment released', OfAttempt & { amountMinor: number }>;

/** Reads whose order a job is about from its arguments. */
export function orderOf(values: Record<string, unknown>): { publisherId: PublisherId; orderId: OrderId } {
  return {
    publisherId: publisherId(Number(values['publisherId'])),
    orderId: orderId(Number(values['orderId'])),
  };
}
