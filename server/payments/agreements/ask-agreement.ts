import type { Transaction } from '../../database/transaction.ts';
import { done, type Job, type JobKind, type JobResult } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { callFor } from '../merchants/call-for.ts';
import { type AgreementJobContext, agreementJob, agreementOfJob } from './agreement-job.ts';
import { noteStopped } from './note-stopped.ts';

type AgreementKey = { publisherId: number; agreementId: number };

/** Has the provider asked whether an agreement still stands. */
export function askAgreementSoon(
  transaction: Transaction,
  { publisherId, agreementId }: AgreementKey,
): Promise<void> {
  return enqueue(transaction, [agreementJob('ask-agreement', publisherId, agreementId)]);
}

export const askAgreementJob: JobKind<AgreementJobContext> = {
  run,
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

async function run(context: AgreementJobContext, job: Job): Promise<JobResult> {
  const found = await agreementOfJob(context, job);
  const ask = found?.configured?.method.askAgreement;
  if (!found?.configured || !ask) return done;
  const { about, configured, token } = found;
  const { agreement, code = 'no answer' } = await ask(callFor(context, configured), token);
  if (!agreement) return { kind: 'later', reason: code };
  if (agreement.state === 'stopped') await noteStopped(context.database, about);
  return done;
}
