import { sql } from '../database/statement.ts';
import type { Database } from '../database/transaction.ts';
import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import { lockAttempt, lockOrder } from './attempts-store.ts';
import { orderOf, type PaymentEvent } from './payment.ts';

type StillOpen = Extract<PaymentEvent, { name: 'payment pending' | 'payment unknown' }>;

/** One job per attempt: it asks the provider, or waits for the report of one that cannot be asked. */
export const resolveAttempt: LaterStep<StillOpen> = {
  stepName: 'resolveAttempt',
  jobFor: ({ publisherId, orderId, attemptId }) => ({
    name: 'resolve-attempt',
    publisherId,
    key: String(attemptId),
    arguments: { publisherId, orderId, attemptId },
  }),
};

export const resolveAttemptJob: JobKind<{ database: Database }> = {
  run: (context, job) => runResolveAttempt(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 16,
  leaseSeconds: 12,
};

const secondsToReport = sql(
  'paymentAttempts.secondsToReport',
  `SELECT extract(epoch FROM report_due_at - leveret_now())::float8 AS seconds FROM payment_attempts
   WHERE publisher_id = $1 AND attempt_id = $2 AND state IN ('sent', 'pending', 'unknown')`,
);

async function runResolveAttempt(context: { database: Database }, job: Job): Promise<JobResult> {
  const { publisherId, orderId } = orderOf(job.arguments);
  const attemptId = Number(job.arguments['attemptId']);
  const [row] = await context.database.query<{ seconds: number | null }>(secondsToReport, [
    publisherId,
    attemptId,
  ]);
  if (!row) return done;
  const seconds = row.seconds ?? 0;
  if (seconds > 0)
    return { kind: 'later', afterSeconds: seconds, reason: 'waiting for the report', isFailure: false };
  await context.database.transaction('attempt-unresolved', async (transaction) => {
    await lockOrder(transaction, publisherId, orderId);
    const attempt = await lockAttempt(transaction, publisherId, attemptId);
    if (!attempt?.is_overdue || !['sent', 'pending', 'unknown'].includes(attempt.state)) return;
    await transaction.report<PaymentEvent>([
      { name: 'attempt unresolved', publisherId, orderId, attemptId, reason: 'no report in time' },
    ]);
  });
  return done;
}
