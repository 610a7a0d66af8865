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
  | 'message withheld';

/** What a person may have found out or done; `again` has the server try once more. */
export const caseOutcomes = ['paid', 'not_paid', 'given_back', 'again', 'dismissed'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

/** Which outcomes answer the question of each kind. Money that must go back is not paid any other way. */
export const outcomesOfKind: Record<CaseKind, readonly CaseOutcome[]> = {
  'attempt unresolved': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'prepaid order left': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'prepayment mismatch': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'give-back due': ['given_back', 'dismissed'],
  'surplus money': ['given_back', 'dismissed'],
  'action required': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'fraud reversed': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'authorization lost': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'payment disputed': ['paid', 'not_paid', 'given_back', 'dismissed'],
  'capture failed': ['paid', 'not_paid', 'again', 'dismissed'],
  'capture due': ['dismissed'],
  'release failed': ['given_back', 'again', 'dismissed'],
  'refund failed': ['given_back', 'again', 'dismissed'],
  'refund by hand': ['given_back', 'dismissed'],
  'message withheld': ['dismissed'],
};

type OfCase = { publisherId: PublisherId; orderId: OrderId; caseId: number; kind: CaseKind };

export type CaseEvent =
  | ({ name: 'case opened' } & OfCase)
  /** By a person, or because what it waited for came: then `by_provider`, or `dismissed` with its order. */
  | ({ name: 'case resolved'; outcome: CaseOutcome | 'by_provider' } & OfCase)
  /** Says the same where a person did it, for the steps that follow from a person's word. */
  | ({ name: 'case answered'; outcome: CaseOutcome; attemptId?: number; operationId?: number } & OfCase);
