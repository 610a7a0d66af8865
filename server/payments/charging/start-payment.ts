import type { Database } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult } from '../../kit/work-queue/work.ts';
import type { OrderEvent } from '../../orders/order.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { markSent } from '../ledger/attempts-store.ts';
import { callFor } from '../merchants/call-for.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { orderOf, type PaymentEvent } from '../payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import type { Addresses } from './describe-payment.ts';
import { type Prepared, prepareCharge } from './prepare-charge.ts';
import { starting } from './start-soon.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
  settings: Addresses;
};

type Cause = Extract<
  OrderEvent | PaymentEvent,
  { name: 'payment wanted' | 'cancel asked' | 'another try offered' }
>;

/**
 * One job per order, and a lane per publisher, whose gateway may be slow. Asking to cancel runs it too:
 * where no charge is under way, it ends the payment. Where a buyer is to type a code, or to try again, it
 * keeps watch of the window; a session at a provider is watched by its own question, and has no job here.
 */
export const startPayment: LaterStep<Cause> = {
  stepName: 'startPayment',
  jobFor: (event) => ('isSession' in event ? undefined : starting(event)),
};

/** Retries only what surely never reached the provider; the payment window ends it. */
export const startPaymentJob: JobKind<Context> = {
  run: (context, job) => runStartPayment(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 300, 600, 600, 600, 600],
  concurrency: 16,
  leaseSeconds: 12,
};

/**
 * Takes the money of one order, in steps that are each committed before the next: intent, claim of the one
 * call, the call itself with no transaction open, and its evidence.
 */
async function runStartPayment(context: Context, job: Job): Promise<JobResult> {
  const { publisherId, orderId } = orderOf(job.arguments);
  const prepared = await prepareCharge(context, { publisherId, orderId });
  switch (prepared.kind) {
    case 'nothing to do':
      return done;
    case 'wait for the buyer':
      return {
        kind: 'later',
        afterSeconds: prepared.seconds,
        reason: 'waiting for the buyer',
        isFailure: false,
      };
    case 'interrupted':
      await record(context, publisherId, prepared.attemptId, {
        meaning: 'unknown',
        code: 'interrupted',
        raw: '',
      });
      return done;
    case 'ready':
      return chargeOnce(context, job, prepared);
  }
}

async function chargeOnce(
  context: Context,
  job: Job,
  prepared: Extract<Prepared, { kind: 'ready' }>,
): Promise<JobResult> {
  const { publisherId } = orderOf(job.arguments);
  const { attemptId, configured, request } = prepared;
  if (!(await job.isHeld()))
    return { kind: 'later', reason: 'the lease was lost', isFailure: false, afterSeconds: 1 };
  const dueSeconds = request.validitySeconds + (configured.method.silenceSeconds ?? 0);
  const isOurs = await context.database.transaction('claim-charge', (transaction) =>
    markSent(transaction, attemptId, dueSeconds),
  );
  if (!isOurs) return done;
  failpoint('before charge');
  const evidence = await prepared.charge(callFor(context, configured), request);
  failpoint('after charge');
  await record(context, publisherId, attemptId, evidence);
  if (evidence.meaning !== 'not_sent') return done;
  const afterSeconds = startPaymentJob.retryAfterSeconds[job.failures] ?? 600;
  return { kind: 'later', reason: evidence.code ?? 'not sent', afterSeconds };
}

function record(context: Context, publisherId: number, attemptId: number, evidence: Evidence): Promise<void> {
  return context.database.transaction('record-answer', async (transaction) => {
    await applyEvidence(context, transaction, { publisherId, attemptId, source: 'answer', evidence });
  });
}
