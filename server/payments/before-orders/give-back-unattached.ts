import type { Database, Transaction } from '../../database/transaction.ts';
import type { SharedHttpClient } from '../../kit/http-client.ts';
import type { SealingKeys } from '../../kit/seal.ts';
import { done, type Job, type JobKind, type JobResult } from '../../kit/work-queue/work.ts';
import { enqueue } from '../../kit/work-queue/work-store.ts';
import { applyEvidence } from '../ledger/apply-evidence.ts';
import { findAttempt } from '../ledger/find-attempt.ts';
import { lockPayment } from '../ledger/lock-payment.ts';
import { callFor } from '../merchants/call-for.ts';
import type { MethodDirectory } from '../merchants/find-method.ts';
import { lockMoney } from '../money-moves/attempt-money.ts';
import { leaveToPerson } from '../money-moves/leave-to-person.ts';
import { attemptOf, type PaymentEvent, paymentOf } from '../payment.ts';
import type { Evidence } from '../port/provider-answer.ts';
import { isLeftPayment, type LeftPayment } from './left-payment.ts';

type Context = {
  database: Database;
  methods: MethodDirectory;
  provider: SharedHttpClient;
  secrets: { sealing: SealingKeys };
};

/** Has payments that no order has taken given back; one job waits for each. */
export function giveBackSoon(transaction: Transaction, payments: readonly LeftPayment[]): Promise<void> {
  return enqueue(
    transaction,
    payments.map(({ publisherId, attemptId }) => ({
      name: 'give-back-unattached',
      publisherId,
      key: String(attemptId),
      arguments: { publisherId, attemptId },
    })),
  );
}

/** The provider is asked again after each of these; then a person must look. */
export const giveBackUnattachedJob: JobKind<Context> = {
  run: (context, job) => runGiveBackUnattached(context, job),
  retryAfterSeconds: [2, 5, 15, 45, 120, 600, 3600, 21_600, 86_400],
  concurrency: 8,
  leaseSeconds: 12,
};

/**
 * Gives back what no order has taken. The provider is asked what stands there first: what was known is a day
 * old, and the publisher may have acted at the provider. Where it does not tell to the end of the plan, or
 * knows of no such money, a person gives it back.
 */
async function runGiveBackUnattached(context: Context, job: Job): Promise<JobResult> {
  const key = attemptOf(job.arguments);
  const found = await findAttempt(context, key.publisherId, key.attemptId);
  if (!found || !(await isLeftPayment(context.database, key.attemptId))) return done;
  const ask = found.configured?.method.ask;
  const evidence =
    found.configured && ask ? await ask(callFor(context, found.configured), found.facts) : notConfigured;
  const isLastTry = job.failures >= giveBackUnattachedJob.retryAfterSeconds.length;
  if (isSilent(evidence) && !isLastTry) return { kind: 'later', reason: reasonOf(evidence) };
  await giveBack(context, key, evidence);
  return done;
}

const notConfigured: Evidence = { meaning: 'unknown', code: 'not configured', raw: '' };

function isSilent({ meaning, isUnresolvable }: Evidence): boolean {
  return isUnresolvable !== true && (meaning === 'unknown' || meaning === 'pending');
}

function reasonOf({ code, meaning }: Evidence): string {
  return code ?? meaning;
}

/** Commits that it goes back, unless an order has taken it meanwhile; from then on none can. */
function giveBack(context: Context, key: LeftPayment, evidence: Evidence): Promise<void> {
  return context.database.transaction('refund-unattached', async (transaction) => {
    const locked = await lockPayment(transaction, key);
    if (!locked) return;
    if (evidence !== notConfigured) {
      await applyEvidence(context, transaction, { ...key, source: 'question', evidence });
    }
    if (!(await isLeftPayment(transaction, key.attemptId))) return;
    const payment = paymentOf(locked.attempt);
    if (evidence.meaning === 'secured') {
      const due = { name: 'give-back due', ...payment, attemptId: key.attemptId } as const;
      return transaction.report<PaymentEvent>([due]);
    }
    const money = await lockMoney(transaction, key.publisherId, key.attemptId);
    if (money) await leaveToPerson(transaction, payment, money, reasonOf(evidence));
  });
}
