import type { BuyerStep } from '../buyer-step.ts';
import type { Evidence } from '../port/provider-answer.ts';

/** Evidence about one attempt, and how it reached us. */
export type ReceivedEvidence = {
  publisherId: number;
  attemptId: number;
  source: 'answer' | 'notice' | 'question' | 'person';
  evidence: Evidence;
  /** Where the buyer goes who pays by it, as the provider answered. */
  buyerStep?: BuyerStep;
  /** A person gave the money back already: it is booked, and completes nothing. */
  isRefunded?: boolean;
};
