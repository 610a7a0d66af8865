import type { CaseEvent } from '../cases/case.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import { applyEvidence } from './apply-evidence.ts';
import type { Evidence } from './payment-method.ts';

type Resolved = Extract<CaseEvent, { name: 'case resolved' }>;

/**
 * What a person found out about an unresolved attempt is evidence like any other: paid secures it, not paid
 * ends it. A person's answer to another kind of case moves no money here.
 */
export const applyCaseOutcome: NowStep<{ secrets: { sealing: Buffer } }, Transaction, Resolved> = {
  stepName: 'applyCaseOutcome',
  reports: [
    'payment secured',
    'late money',
    'surplus money',
    'attempt ended without money',
    'payment failed',
    'give-back due',
    'attempt settled',
  ],
  async run(context, transaction, events) {
    for (const { kind, outcome, attemptId, publisherId, orderId } of events) {
      const meaning = meaningOf(outcome);
      if (kind !== 'attempt unresolved' || attemptId === undefined || !meaning) continue;
      const evidence: Evidence = { meaning, code: `person: ${outcome}`, raw: '' };
      await applyEvidence(context, transaction, {
        publisherId,
        orderId,
        attemptId,
        source: 'person',
        evidence,
      });
    }
  },
};

function meaningOf(outcome: Resolved['outcome']): 'secured' | 'declined' | undefined {
  switch (outcome) {
    case 'paid':
      return 'secured';
    case 'not_paid':
    case 'given_back':
      return 'declined';
    case 'dismissed':
    case 'by_provider':
      return undefined;
  }
}
