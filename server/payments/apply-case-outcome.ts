import type { CaseEvent } from '../cases/case.ts';
import type { Transaction } from '../database/transaction.ts';
import type { NowStep } from '../kit/journey-runner.ts';
import type { SealingKeys } from '../kit/seal.ts';
import { applyEvidence } from './apply-evidence.ts';
import { applyOperationOutcome } from './operations/apply-operation-outcome.ts';
import { bookRefund } from './operations/book-refund.ts';
import type { PaymentEvent } from './payment.ts';

type Context = { secrets: { sealing: SealingKeys } };
type Answered = Extract<CaseEvent, { name: 'case answered' }>;
type OfAttempt = Answered & { attemptId: number };

/** What a person found out or did about money is evidence like any other, whatever the case was about. */
export const applyCaseOutcome: NowStep<Context, Transaction, Answered> = {
  stepName: 'applyCaseOutcome',
  reports: [
    'payment secured',
    'late money',
    'surplus money',
    'attempt ended without money',
    'payment failed',
    'payment captured',
    'payment refunded',
    'payment released',
    'action required',
    'fraud reversed',
    'authorization lost',
    'payment disputed',
    'give-back due',
    'attempt settled',
    'operation settled',
    'operation wanted',
  ],
  async run(context, transaction, events) {
    for (const event of events) await apply(context, transaction, event);
  },
};

async function apply(context: Context, transaction: Transaction, event: Answered): Promise<void> {
  const { attemptId } = event;
  switch (event.kind) {
    case 'attempt unresolved':
      if (attemptId !== undefined) await settleAttempt(context, transaction, { ...event, attemptId });
      return;
    case 'prepaid order left':
      await transaction.report(endLeftOrder(event));
      return;
    case 'give-back due':
    case 'surplus money':
    case 'capture failed':
    case 'release failed':
    case 'refund failed':
    case 'refund by hand':
      if (event.operationId !== undefined) await applyOperationOutcome(transaction, event, event.operationId);
      return;
    case 'capture due':
    case 'prepayment mismatch':
    case 'action required':
    case 'fraud reversed':
    case 'authorization lost':
    case 'payment disputed':
    case 'message withheld':
      // The order is completed, and nothing that stands here changes by what was found out elsewhere.
      return;
  }
}

async function settleAttempt(context: Context, transaction: Transaction, event: OfAttempt): Promise<void> {
  const { outcome, publisherId, orderId, attemptId } = event;
  if (outcome === 'dismissed' || outcome === 'again') return;
  const isGivenBack = outcome === 'given_back';
  const meaning = outcome === 'not_paid' ? 'declined' : 'secured';
  const evidence = { meaning, code: `person: ${outcome}`, raw: '' } as const;
  const about = { publisherId, orderId, attemptId };
  await applyEvidence(context, transaction, { ...about, source: 'person', evidence, isGivenBack });
  if (isGivenBack) await bookRefund(transaction, event);
}

/** A dismissed case leaves the order to expire. */
function endLeftOrder({ outcome, publisherId, orderId }: Answered): PaymentEvent[] {
  switch (outcome) {
    case 'paid':
      return [{ name: 'payment secured', publisherId, orderId, by: 'prepayment' }];
    case 'not_paid':
    case 'given_back':
      return [{ name: 'payment failed', publisherId, orderId, reason: outcome }];
    case 'again':
    case 'dismissed':
      return [];
  }
}
