import type { Log } from '../../kit/log.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { askPagePayment, type PagePaymentContext } from './ask-page-payment.ts';
import { giveBackPagePayment } from './give-back-page-payment.ts';
import { notePageTold } from './move-page-payment.ts';
import type { PagePayment } from './page-payment.ts';
import { findPagePayment } from './page-payments-store.ts';

type Context = PagePaymentContext & { log: Log };

/** One job for each payment on a page: it asks, ends or gives back, as its state has it. */
export function settlingJob({
  publisherId,
  pagePaymentId,
}: Pick<PagePayment, 'publisherId' | 'pagePaymentId'>): NewJob {
  return {
    name: 'settle-page-payment',
    publisherId,
    key: String(pagePaymentId),
    arguments: { publisherId, pagePaymentId },
  };
}

/** The same call again after each of these; then the operator is told, and it is tried again a day later. */
export const settlePagePaymentJob: JobKind<Context> = {
  run: (context, job) => run(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600],
  concurrency: 8,
  leaseSeconds: 12,
};

async function run(context: Context, job: Job): Promise<JobResult> {
  const [publisherId, pagePaymentId] = [job.arguments['publisherId'], job.arguments['pagePaymentId']];
  const found = await findPagePayment(context.database, Number(publisherId), Number(pagePaymentId));
  switch (found?.state) {
    case undefined:
    case 'used':
    case 'given_back':
      return done;
    case 'open':
    case 'ended':
      return settle(context, job, found);
    case 'secured':
    case 'giving_back': {
      const given = await giveBackPagePayment(context, found, job.isHeld);
      if (given.kind === 'done') return done;
      if (given.kind === 'again' && !isLastTry(job)) return { kind: 'later', reason: given.reason };
      context.log.error(fieldsOf(found, given.reason), 'a payment on a page must be given back by hand');
      await notePageTold(context.database, found, given.reason);
      return done;
    }
  }
}

/** A notice only makes us ask; when the window is over, what is not paid is ended. */
async function settle(context: Context, job: Job, found: PagePayment): Promise<JobResult> {
  const givesUp = found.windowSecondsLeft <= 0;
  const { state } = await askPagePayment(context, found, { givesUp });
  if (state !== 'open' || !givesUp) return done;
  if (!isLastTry(job)) return { kind: 'later', reason: 'it can neither be ended nor told yet' };
  const reason = 'nobody can tell';
  context.log.error(fieldsOf(found, reason), 'a payment on a page must be looked into by hand');
  await notePageTold(context.database, found, reason);
  return done;
}

function isLastTry({ failures }: Job): boolean {
  return failures >= settlePagePaymentJob.retryAfterSeconds.length;
}

function fieldsOf({ publisherId, clientId, pagePaymentId, adapter }: PagePayment, reason: string) {
  return { publisherId, clientId, pagePaymentId, provider: adapter, reason };
}
