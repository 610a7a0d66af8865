import type { Transaction } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { newReference } from '../ledger/new-reference.ts';
import { callFor } from '../merchants/call-for.ts';
import type { EndWanted } from './agreement-end.ts';
import { type AgreementJobContext, agreementJob, agreementOfJob } from './agreement-job.ts';
import { noteStopped } from './note-stopped.ts';

export const stopAgreement: LaterStep<EndWanted> = {
  stepName: 'stopAgreement',
  jobFor: (event) => stopping(event),
};

type AgreementKey = { publisherId: number; agreementId: number };

function stopping({ publisherId, agreementId }: AgreementKey): NewJob {
  return agreementJob('stop-agreement', publisherId, agreementId);
}

/** Has agreements ended at their providers; one job waits for each. */
export function stopAgreementsSoon(
  transaction: Transaction,
  agreements: readonly AgreementKey[],
): Promise<void> {
  return enqueue(transaction, agreements.map(stopping));
}

/** After the last of these, `sweep-agreements` begins anew every day: nothing is charged meanwhile. */
export const stopAgreementJob: JobKind<AgreementJobContext> = {
  run,
  retryAfterSeconds: [2, 15, 60, 300, 900, 3600, 21_600],
  concurrency: 8,
  leaseSeconds: 12,
};

/**
 * Ends an agreement at its provider, which may be done any number of times. Where the adapter has no such
 * function, the agreement is only ours: nothing more is charged by it, and it has ended.
 */
async function run(context: AgreementJobContext, job: Job): Promise<JobResult> {
  const agreement = await agreementOfJob(context, job);
  if (!agreement?.isToStop) return done;
  const { about, configured, token } = agreement;
  if (!configured) return { kind: 'later', reason: 'not configured' };
  const { stopAgreement: stop } = configured.method;
  if (stop) {
    failpoint('before stopping');
    const answer = await stop(callFor(context, configured), { token, reference: newReference() });
    failpoint('after stopping');
    if (answer.kind !== 'succeeded') {
      return { kind: 'later', reason: 'code' in answer ? answer.code : answer.kind };
    }
  }
  await noteStopped(context.database, about);
  return done;
}
