import type { OrderId, PublisherId } from '../kit/ids.ts';

/** Work that waits for a person, by what caused it. */
export type CaseKind =
  | 'attempt unresolved'
  | 'prepaid order left'
  | 'prepayment mismatch'
  | 'give-back due'
  | 'surplus money'
  | 'action required'
  | 'fraud reversed'
  | 'authorization lost'
  | 'payment disputed'
  | 'capture failed'
  | 'capture due'
  | 'release failed'
  | 'refund failed'
  | 'refund by hand'
  | 'message withheld'
  | 'link undelivered'
  | 'withdrawal to check'
  | 'withdrawal refund due';

/** What is told as an event of its own when it comes to wait for a person. */
export type AttentionKind = Exclude<CaseKind, 'give-back due' | 'surplus money' | 'refund by hand'>;

/** A person is to look at something: a case is opened, and the site is told. */
export type AttentionNeeded<Kind extends AttentionKind, Facts> = {
  name: 'attention needed';
  kind: Kind;
} & Facts;

/** What a person may have found out or done; `again` has the server try once more. */
export const caseOutcomes = [
  'paid',
  'not_paid',
  'given_back',
  'again',
  'accepted',
  'refused',
  'dismissed',
] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/**
 * Which outcomes answer the question of each kind: each takes effect, and what would have none is not
 * offered. Money that must go back is not paid any other way.
 */
export const outcomesOfKind: Record<CaseKind, readonly CaseOutcome[]> = {
  'attempt unresolved': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'prepaid order left': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'prepayment mismatch': ['paid', 'given_back', 'dismissed'],
  'give-back due': ['given_back', 'dismissed'],
  'surplus money': ['given_back', 'dismissed'],
  'action required': ['given_back', 'dismissed'],
  'fraud reversed': ['given_back', 'dismissed'],
  'authorization lost': ['given_back', 'dismissed'],
  'payment disputed': ['given_back', 'dismissed'],
  'capture failed': ['paid', 'not_paid', 'again', 'dismissed'],
  'capture due': ['dismissed'],
  'release failed': ['given_back', 'again', 'dismissed'],
  'refund failed': ['given_back', 'again', 'dismissed'],
  'refund by hand': ['given_back', 'dismissed'],
  'message withheld': ['dismissed'],
  'link undelivered': ['dismissed'],
  'withdrawal to check': ['accepted', 'refused', 'dismissed'],
  'withdrawal refund due': ['given_back', 'dismissed'],
};

/** A case about a payment that no order has taken names no order. */
type OfCase = { publisherId: PublisherId; orderId?: OrderId; caseId: number; kind: CaseKind };

export type CaseEvent =
  | ({ name: 'case opened' } & OfCase)
  /** By a person, or because what it waited for came: then `by_provider`, or `dismissed` with its order. */
  | ({ name: 'case resolved'; outcome: CaseOutcome | 'by_provider' } & OfCase)
  /** Says the same where a person did it, for the steps that follow from a person's word. */
  | ({
      name: 'case answered';
      outcome: CaseOutcome;
      attemptId?: number;
      operationId?: number;
      withdrawalId?: number;
    } & OfCase);
