import type { AttentionNeeded } from '../cases/case.ts';
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

/** What a payment is for. */
export type Purpose = 'order' | 'renewal' | 'invoice' | 'method';

type OfOrder = { publisherId: PublisherId; orderId: OrderId };
/** Events of a payment name its order; those of one that has none, the payment itself. */
export type OfPayment = { publisherId: PublisherId; orderId?: OrderId; paymentId?: number };
export type OfAttempt = OfPayment & { attemptId: number };
type OfOrdersAttempt = OfOrder & { attemptId: number };
/** One event type for each name, so that a line of the journey can pick its own. */
type Named<Name extends string, Facts> = Name extends string ? { name: Name } & Facts : never;

export type PaymentEvent =
  /** `isSession`: a buyer pays at a provider, and the questions about that try keep watch of the window. */
  | Named<'payment wanted', OfOrder & { isSession?: true }>
  | AttentionNeeded<'prepayment mismatch', OfOrder & { attemptId?: number; reason?: string }>
  /** `askAfterSeconds`: when the provider is asked first; at once unless said. */
  | Named<'payment pending' | 'payment unknown', OfAttempt & { askAfterSeconds?: number }>
  /** A buyer at a screen may try again, or choose another method, until the window ends. */
  | Named<'another try offered', OfOrder>
  | Named<
      'payment secured',
      OfOrder & { securedBy: 'nothing owed' | 'invoice' | 'prepayment' | 'attempt'; attemptId?: number }
    >
  | Named<'late money' | 'late money accepted' | 'surplus money', OfOrdersAttempt>
  | Named<'give-back due', OfAttempt>
  /** What an order was paid by on a page of the publisher is as its provider says. */
  | Named<'page payment confirmed', OfOrder>
  /** Money came for a payment that no order has taken yet. */
  | Named<'unattached payment secured', OfAttempt>
  | Named<'renewal secured' | 'invoice paid' | 'method secured', OfAttempt>
  /** What came of it is known; `adapter` says who may be waiting to hear that it is stored. */
  | Named<'attempt settled', OfAttempt & { adapter: string; isSecured: boolean }>
  | Named<'attempt ended without money', OfOrdersAttempt & { reason: string }>
  | AttentionNeeded<'attempt unresolved', OfAttempt & { reason: string }>
  | AttentionNeeded<
      'action required' | 'fraud reversed' | 'authorization lost' | 'payment disputed' | 'capture due',
      OfAttempt
    >
  /** A reader wants to pay nothing more by it. */
  | Named<'agreement end asked', OfOrder & { agreementId: number }>
  /** What it paid for has ended: it is to end at its provider. */
  | Named<'agreement end wanted', OfOrder & { agreementId: number }>
  /** It has ended at its provider, by whomever. */
  | Named<'agreement stopped', OfOrder & { agreementId: number }>
  | Named<'payment failed', OfOrder & { reason: string }>
  /** An operation is written and is to be carried out, at once or after a while. */
  | Named<
      'operation wanted',
      OfAttempt & { operationId: number; kind: OperationKind; amountMinor: number; afterSeconds?: number }
    >
  /** It is known to have moved the money, by whomever. */
  | Named<'operation settled', OfAttempt & { operationId: number; kind: OperationKind }>
  | AttentionNeeded<
      'capture failed' | 'release failed' | 'refund failed',
      OfAttempt & { operationId: number; reason: string }
    >
  /** The method has no refund: a person gives the money back. */
  | Named<
      'refund by hand',
      OfAttempt & { operationId: number; kind: 'refund by hand' | 'give-back due' | 'surplus money' }
    >
  /** Said before any money has moved, so that access follows at once. */
  | Named<
      'refund accepted',
      OfOrder & {
        refundBy: 'operations' | 'credit note';
        amountMinor: number;
        lines: readonly (RefundedLine & { access: AccessRule })[];
        reason?: string;
      }
    >
  | Named<'payment captured' | 'payment refunded' | 'payment released', OfAttempt & { amountMinor: number }>;

/** Whose payment a row is about, as events name it. */
export function paymentOf(row: {
  publisher_id: number;
  order_id: number | null;
  payment_id: number;
}): OfPayment {
  const { publisher_id, order_id, payment_id: paymentId } = row;
  if (order_id === null) return { publisherId: publisherId(publisher_id), paymentId };
  return orderOf({ publisherId: publisher_id, orderId: order_id });
}

/** Whose attempt something is about, and nothing else of what it says. */
export function aboutAttempt(of: {
  publisherId: number;
  orderId?: number | undefined;
  paymentId?: number | undefined;
  attemptId: number;
}): OfAttempt {
  const { orderId: order, paymentId, attemptId } = of;
  return {
    publisherId: publisherId(of.publisherId),
    ...(order !== undefined && { orderId: orderId(order) }),
    ...(paymentId !== undefined && { paymentId }),
    attemptId,
  };
}

/** Reads whose attempt a job is about from its arguments. */
export function attemptOf(values: Record<string, unknown>): { publisherId: PublisherId; attemptId: number } {
  const [publisher, attemptId] = [values['publisherId'], values['attemptId']].map(Number);
  if (!publisher || !attemptId) throw new Error('the job names no attempt');
  return { publisherId: publisherId(publisher), attemptId };
}

/** Reads whose order a job is about from its arguments. */
export function orderOf(values: Record<string, unknown>): { publisherId: PublisherId; orderId: OrderId } {
  return {
    publisherId: publisherId(Number(values['publisherId'])),
    orderId: orderId(Number(values['orderId'])),
  };
}
