import type { Evidence } from '../port/provider-answer.ts';

/** Evidence about one attempt, and how it reached us. */
export type ReceivedEvidence = {
  publisherId: number;
  attemptId: number;
  source: 'answer' | 'notice' | 'question' | 'person';
  evidence: Evidence;
  /** A person gave the money back already: it is booked, and completes nothing. */
  isRefunded?: boolean;
};
