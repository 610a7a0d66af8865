import type { LaterStep } from '../kit/journey-runner.ts';
import { done, type Job, type JobKind, type JobResult } from '../kit/work-queue/work.ts';
import { type AskContext, askAttempt } from './ask-attempt.ts';
import { lockAttempt, lockOrder } from './attempts-store.ts';
import { type FoundAttempt, findAttempt } from './find-attempt.ts';
import { type AttemptState, isOpen, orderOf, type PaymentEvent } from './payment.ts';

type StillOpen = Extract<PaymentEvent, { name: 'payment pending' | 'payment unknown' }>;

/**
 * One job per attempt, and a lane per publisher, whose provider may be slow: it asks the provider, or waits
 * for the report of one that cannot be asked.
 */
export const resolveAttempt: LaterStep<StillOpen> = {
  stepName: 'resolveAttempt',
  jobFor: ({ publisherId, orderId, attemptId, askAfterSeconds = 0 }) => ({
    name: 'resolve-attempt',
    publisherId,
    key: String(attemptId),
    arguments: { publisherId, orderId, attemptId },
    afterSeconds: askAfterSeconds,
  }),
};

/** The plan of questions while nobody knows whether money was taken. */
const unknownPlan = [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400];

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
  const { publisherId } = orderOf(job.arguments);
  const found = await findAttempt(context, publisherId, Number(job.arguments['attemptId']));
  if (!found) return done;
  if (!found.configured?.method.ask) return waitForReport(context, found);
  const givesUp = found.windowSecondsLeft <= 0 || found.isCancelAsked;
  const state = await askAttempt(context, found, { givesUp });
  return isOpen(state) ? askAgain(context, found, state) : done;
}

const longestWaitSeconds = 7 * 86_400;

async function askAgain(context: AskContext, found: FoundAttempt, state: AttemptState): Promise<JobResult> {
  const isKnown = state === 'pending';
  const gap = isKnown ? nextQuestion(found) : unknownPlan[found.askedCount];
  const afterSeconds = gap ?? unknownPlan.at(-1) ?? 0;
  const isHopeless = isKnown ? found.ageSeconds > longestWaitSeconds : gap === undefined;
  if (isHopeless) {
    await reportUnresolved(context, found, isKnown ? 'pending too long' : 'nobody can tell');
    return done;
  }
  return { kind: 'later', afterSeconds, reason: `the payment is ${state}`, isFailure: false };
}

/** The gap to the next question by the method's plan, but never past the end of the buyer's window. */
function nextQuestion({ configured, askedCount, windowSecondsLeft }: FoundAttempt): number {
  const plan = configured?.method.askAfterSeconds ?? [];
  const at = Math.min(askedCount + 1, plan.length - 1);
  const gap = Math.max(2, (plan[at] ?? 60) - (plan[at - 1] ?? 0));
  return windowSecondsLeft > 0 ? Math.min(gap, Math.ceil(windowSecondsLeft)) : gap;
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
  const about = orderOf({ publisherId: found.publisherId, orderId: found.orderId });
  const { attemptId } = found;
  await context.database.transaction('attempt-unresolved', async (transaction) => {
    await lockOrder(transaction, found.publisherId, found.orderId);
    const attempt = await lockAttempt(transaction, found.publisherId, attemptId);
    if (!attempt || !isOpen(attempt.state) || attempt.state === 'created') return;
    await transaction.report<PaymentEvent>([{ name: 'attempt unresolved', ...about, attemptId, reason }]);
  });
}
