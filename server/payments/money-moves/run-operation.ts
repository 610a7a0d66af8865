import type { Database, Transaction } from '../../database/transaction.ts';
import { failpoint } from '../../kit/failpoint.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { LaterStep } from '../../kit/journey-runner.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult, type NewJob } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { attemptOf, type PaymentEvent } from '../payment.ts';
import type { Evidence, OperationAnswer } from '../port/provider-answer.ts';
import { type PreparedOperation, prepareOperation } from './prepare-operation.ts';
import { recordAnswer, recordQuestion } from './record-operation.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

type Wanted = Extract<PaymentEvent, { name: 'operation wanted' }>;

/** One job per operation, and a lane per publisher, whose provider may be slow. */
export const runOperation: LaterStep<Wanted> = {
  stepName: 'runOperation',
  jobFor: ({ publisherId, attemptId, operationId, afterSeconds }) =>
    running({ publisherId, attemptId, operationId, afterSeconds }),
};

type OperationToRun = {
  publisherId: number;
  attemptId: number;
  operationId: number;
  afterSeconds?: number | undefined;
};

function running({ publisherId, attemptId, operationId, afterSeconds = 0 }: OperationToRun): NewJob {
  return {
    name: 'run-operation',
    publisherId,
    key: String(operationId),
    arguments: { publisherId, attemptId, operationId },
    afterSeconds,
  };
}

/** Has operations carried out, now or when they are due; one job waits for each. */
export function runOperationsSoon(
  transaction: Transaction,
  operations: readonly OperationToRun[],
): Promise<void> {
  return enqueue(transaction, operations.map(running));
}

/** The same reference again after each of these; then a person must look. */
export const runOperationJob: JobKind<Context> = {
  run: (context, job) => run(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

/**
 * Carries out one operation, in steps that are each committed before the next: claim, the call with no
 * transaction open, and its answer. A runner that died in between is followed by the same call with the same
 * reference, by which the provider moves money once.
 */
async function run(context: Context, job: Job): Promise<JobResult> {
  const key = keyOf(job);
  const prepared = await prepareOperation(context, key);
  switch (prepared.kind) {
    case 'nothing to do':
    case 'waits':
      return done;
    case 'not yet':
      return { kind: 'later', afterSeconds: prepared.seconds, reason: prepared.reason, isFailure: false };
    case 'impossible':
      return finish(context, job, { kind: 'not sent', code: prepared.code });
    case 'refused':
      return finish(context, job, { kind: 'failed', code: prepared.code, raw: '' });
    case 'ready':
      return callOnce(context, job, prepared);
  }
}

function keyOf(job: Job) {
  const operationId = Number(job.arguments['operationId']);
  if (!operationId) throw new Error('the job names no operation');
  return { ...attemptOf(job.arguments), operationId };
}

type Ready = Extract<PreparedOperation, { kind: 'ready' }>;

async function callOnce(context: Context, job: Job, prepared: Ready): Promise<JobResult> {
  if (!(await job.isHeld()))
    return { kind: 'later', reason: 'the lease was lost', isFailure: false, afterSeconds: 1 };
  if (prepared.isPending && prepared.ask) return askInstead(context, job, prepared.ask);
  failpoint('before operation');
  const answer = await prepared.call(context.provider);
  failpoint('after operation');
  // What is refused may be so because the money stands otherwise than we know.
  const isTold = answer.kind === 'succeeded' ? answer.money !== undefined : answer.kind !== 'failed';
  return finish(context, job, answer, isTold ? undefined : await prepared.ask?.(context.provider));
}

/** Where the provider is at work already, its totals tell when it is done. */
async function askInstead(context: Context, job: Job, ask: NonNullable<Ready['ask']>): Promise<JobResult> {
  const evidence = await ask(context.provider);
  const isSettled = await recordQuestion(context, keyOf(job), evidence);
  return isSettled ? done : finish(context, job, { kind: 'pending', raw: '' });
}

async function finish(
  context: Context,
  job: Job,
  answer: OperationAnswer,
  asked?: Evidence,
): Promise<JobResult> {
  const isLastTry = job.failures >= runOperationJob.retryAfterSeconds.length;
  const next = await recordAnswer(context, keyOf(job), answer, { asked, isLastTry });
  return next === 'ended' ? done : { kind: 'later', reason: next };
}
