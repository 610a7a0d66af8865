import type { Queryable } from '../../database/statement.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { type FoundAttempt, findAttempt } from '../ledger/find-attempt.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { type AttemptState, attemptOf, isOpen, type PaymentEvent, paymentOf } from '../payment.ts';
import { type AskContext, askAttempt } from './ask-attempt.ts';
import { planQuestion, unknownPlan } from './plan-question.ts';

type StillOpen = Extract<PaymentEvent, { name: 'payment pending' | 'payment unknown' }>;

/**
 * One job per attempt, and a lane per publisher, whose provider may be slow: it asks the provider, or waits
 * for the report of one that cannot be asked.
 */
export const resolveAttempt: LaterStep<StillOpen> = {
  stepName: 'resolveAttempt',
  jobFor: (event) => resolving(event, event.askAfterSeconds),
};

type AttemptKey = { publisherId: number; attemptId: number };

function resolving({ publisherId, attemptId }: AttemptKey, afterSeconds = 0): NewJob {
  return {
    name: 'resolve-attempt',
    publisherId,
    key: String(attemptId),
    arguments: { publisherId, attemptId },
    afterSeconds,
  };
}

/** Has attempts asked about, at once or after a while; one question waits for each. */
export function resolveSoon(
  transaction: Queryable,
  attempts: readonly AttemptKey[],
  afterSeconds = 0,
): Promise<void> {
  return enqueue(
    transaction,
    attempts.map((attempt) => resolving(attempt, afterSeconds)),
  );
}

export const resolveAttemptJob: JobKind<AskContext> = {
  run: (context, job) => runResolveAttempt(context, job),
  retryAfterSeconds: unknownPlan,
  concurrency: 16,
  leaseSeconds: 12,
};

/**
 * All notices lead here, and none is believed: the provider is asked. What the buyer has not paid when the
 * window is over, or when the order is to be cancelled, is ended at the provider, and then asked about.
 */
async function runResolveAttempt(context: AskContext, job: Job): Promise<JobResult> {
  const { publisherId, attemptId } = attemptOf(job.arguments);
  const found = await findAttempt(context, publisherId, attemptId);
  if (!found) return done;
  if (!found.configured?.method.ask) return waitForReport(context, found);
  const givesUp = found.windowSecondsLeft <= 0 || found.isCancelAsked;
  const state = await askAttempt(context, found, { givesUp });
  return isOpen(state) ? askAgain(context, found, state) : done;
}

async function askAgain(context: AskContext, found: FoundAttempt, state: AttemptState): Promise<JobResult> {
  const askAfterSeconds = found.configured?.method.askAfterSeconds ?? [];
  const next = planQuestion({ ...found, state, askAfterSeconds });
  switch (next.kind) {
    case 'ask again': {
      const { afterSeconds } = next;
      return { kind: 'later', afterSeconds, reason: `the payment is ${state}`, isFailure: false };
    }
    case 'give up':
      await reportUnresolved(context, found, next.reason);
      return done;
  }
}

/** A provider that cannot be asked is waited for; then a person must find out. */
async function waitForReport(context: AskContext, found: FoundAttempt): Promise<JobResult> {
  if (!isOpen(found.state) || found.state === 'created') return done;
  const afterSeconds = found.secondsToReport;
  if (afterSeconds > 0)
    return { kind: 'later', afterSeconds, reason: 'waiting for the report', isFailure: false };
  await reportUnresolved(context, found, 'no report in time');
  return done;
}

async function reportUnresolved(context: AskContext, found: FoundAttempt, reason: string): Promise<void> {
  await context.database.transaction('attempt-unresolved', async (transaction) => {
    const locked = await lockPayment(transaction, found);
    if (!locked || !isOpen(locked.attempt.state) || locked.attempt.state === 'created') return;
    const about = { ...paymentOf(locked.attempt), attemptId: locked.attempt.attempt_id };
    await transaction.report<PaymentEvent>([
      { name: 'attention needed', kind: 'attempt unresolved', ...about, reason },
    ]);
  });
}
