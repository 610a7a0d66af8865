import type { LaterStep } from '../../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../../kit/work-queue/work.ts';
import { findAttempt } from '../ledger/find-attempt.ts';
import { callFor } from '../merchants/call-for.ts';
import { findAdapter } from '../merchants/find-method.ts';
import { attemptOf, type PaymentEvent } from '../payment.ts';
import type { AskContext } from './ask-attempt.ts';

type Settled = Extract<PaymentEvent, { name: 'attempt settled' }>;

/** Tells a provider that wants to hear it that the payment is stored, and not a moment earlier. */
export const acknowledgePayment: LaterStep<Settled> = {
  stepName: 'acknowledgePayment',
  jobFor: ({ publisherId, attemptId, adapter, isSecured }) =>
    isSecured && findAdapter(adapter)?.acknowledge
      ? {
          name: 'acknowledge-payment',
          publisherId,
          key: String(attemptId),
          arguments: { publisherId, attemptId },
        }
      : undefined,
};

/** Until it has heard, the provider goes on telling us; a capture counts too, so giving up is no harm. */
export const acknowledgePaymentJob: JobKind<AskContext> = {
  run: (context, job) => runAcknowledge(context, job),
  retryAfterSeconds: [2, 15, 120, 600, 3600, 21_600],
  concurrency: 16,
  leaseSeconds: 12,
};

async function runAcknowledge(context: AskContext, job: Job): Promise<JobResult> {
  const { publisherId, attemptId } = attemptOf(job.arguments);
  const found = await findAttempt(context, publisherId, attemptId);
  const acknowledge = found?.configured?.method.acknowledge;
  if (!found?.configured || !acknowledge) return done;
  const answer = await acknowledge(callFor(context, found.configured), found.facts);
  switch (answer.kind) {
    case 'succeeded':
    case 'pending':
    case 'already secured':
      return done;
    case 'failed':
      return { kind: 'give up', reason: answer.code };
    case 'not sent':
    case 'not now':
    case 'unknown':
      return { kind: 'later', reason: answer.code };
  }
}
