import type { OrderId, PublisherId } from '../kit/ids.ts';

/** Work that waits for a person, by what caused it. */
export const caseKinds = [
  'attempt unresolved',
  'prepaid order left',
  'prepayment mismatch',
  'give-back due',
  'surplus money',
  'late money',
] as const;
export type CaseKind = (typeof caseKinds)[number];

/** What a person (or a late report of the provider) found out. */
export const caseOutcomes = ['paid', 'not_paid', 'given_back', 'dismissed'] as const;
export type CaseOutcome = (typeof caseOutcomes)[number];

export type CaseEvent =
  | { name: 'case opened'; publisherId: PublisherId; orderId: OrderId; caseId: number; kind: CaseKind }
  | {
      name: 'case resolved';
      publisherId: PublisherId;
      orderId: OrderId;
      caseId: number;
      kind: CaseKind;
      outcome: CaseOutcome | 'by_provider';
      attemptId?: number;
    };
