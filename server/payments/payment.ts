import { type OrderId, orderId, type PublisherId, publisherId } from '../kit/ids.ts';

export const attemptStates = [
  'created',
  'sent',
  'pending',
  'unknown',
  'secured',
  'declined',
  'aborted',
  'expired',
  'discarded',
] as const;
export type AttemptState = (typeof attemptStates)[number];

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

type OfOrder = { publisherId: PublisherId; orderId: OrderId };

export type PaymentEvent =
  | ({ name: 'payment wanted' } & OfOrder)
  | ({ name: 'payment pending' | 'payment unknown'; attemptId: number; askAfterSeconds?: number } & OfOrder)
  | ({
      name: 'payment secured';
      by: 'nothing owed' | 'invoice' | 'prepayment' | 'attempt';
      attemptId?: number;
    } & OfOrder)
  | ({ name: 'late money' | 'late money accepted'; attemptId: number } & OfOrder)
  | ({ name: 'give-back due' | 'surplus money'; attemptId: number } & OfOrder)
  | ({ name: 'attempt ended without money'; attemptId: number; reason: string } & OfOrder)
  | ({ name: 'payment failed'; reason: string } & OfOrder)
  | ({ name: 'attempt unresolved'; attemptId: number; reason: string } & OfOrder)
  | ({ name: 'attempt settled'; attemptId: number } & OfOrder)
  | ({ name: 'prepayment mismatch' } & OfOrder)
  | ({ name: 'payment refunded'; amountMinor: number } & OfOrder);

/** Reads whose order a job is about from its arguments. */
export function orderOf(values: Record<string, unknown>): { publisherId: PublisherId; orderId: OrderId } {
  return { publisherId: publisherId(Number(values['publisherId'])), orderId: orderId(Number(values['orderId'])) };
}
