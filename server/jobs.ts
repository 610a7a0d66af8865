import { pruneAccounts } from './accounts/prune-accounts.ts';
import { deliverJob } from './callbacks/deliver.ts';
import type { Context } from './context.ts';
import { deleteOldIdempotencyKeys } from './database/delete-old-idempotency-keys.ts';
import { keepPartitions } from './database/keep-partitions.ts';
import { refreshStatistics } from './database/refresh-statistics.ts';
import { numberInvoicesJob } from './invoices/number-invoices.ts';
import type { Schedule } from './kit/work-queue/run-schedules.ts';
import { done, type JobKind, type JobResult } from './kit/work-queue/work.ts';
import { deliverMessageJob } from './messages/deliver-message.ts';
import { expireOrders } from './orders/expire-orders.ts';
import { registerNoticesJob, sweepNotices } from './payments/accounts/register-notices.ts';
import { unregisterNoticesJob } from './payments/accounts/unregister-notices.ts';
import { acknowledgePaymentJob } from './payments/acknowledge-payment.ts';
import { askAgreementJob } from './payments/ask-agreement.ts';
import { confirmPrepaymentJob } from './payments/before-orders/confirm-prepayment.ts';
import { settlePagePaymentJob } from './payments/before-orders/settle-page-payment.ts';
import { sweepPagePayments } from './payments/before-orders/sweep-page-payments.ts';
import { runOperationJob } from './payments/operations/run-operation.ts';
import { sweepCaptureDue } from './payments/operations/sweep-capture-due.ts';
import { sweepOperations } from './payments/operations/sweep-operations.ts';
import { resolveAttemptJob } from './payments/resolve-attempt.ts';
import { startPaymentJob } from './payments/start-payment.ts';
import { sweepOpenPayments } from './payments/sweep-open-payments.ts';
import { deleteExpiredOauthRecords } from './publishers/oauth/delete-expired-oauth-records.ts';

/** Which use case each job runs, and its plan of tries. Names are never changed: waiting jobs carry them. */
export const jobs: Readonly<Record<string, JobKind<Context>>> = {
  'start-payment': startPaymentJob,
  'resolve-attempt': resolveAttemptJob,
  'acknowledge-payment': acknowledgePaymentJob,
  'ask-agreement': askAgreementJob,
  'run-operation': runOperationJob,
  'confirm-prepayment': confirmPrepaymentJob,
  'settle-page-payment': settlePagePaymentJob,
  'register-notices': registerNoticesJob,
  'unregister-notices': unregisterNoticesJob,
  'deliver-message': deliverMessageJob,
  deliver: deliverJob,
  'number-invoices': numberInvoicesJob,
  'expire-orders': swept(expireOrders),
  'sweep-open-payments': swept(sweepOpenPayments),
  'sweep-operations': swept(sweepOperations),
  'sweep-page-payments': swept(sweepPagePayments),
  'sweep-capture-due': swept(sweepCaptureDue),
  'sweep-notices': swept(sweepNotices),
  'prune-accounts': swept(pruneAccounts),
  'keep-partitions': swept(keepPartitions),
  'refresh-statistics': swept(refreshStatistics),
  'delete-old-idempotency-keys': swept(deleteOldIdempotencyKeys),
  'delete-expired-oauth-records': swept(deleteExpiredOauthRecords),
};

/** What comes round by the clock. */
export const schedules: readonly Schedule[] = [
  { name: 'expire-orders', everySeconds: 60 },
  { name: 'sweep-open-payments', everySeconds: 60 },
  { name: 'sweep-operations', everySeconds: 60 },
  { name: 'sweep-page-payments', everySeconds: 60 },
  { name: 'sweep-capture-due', everySeconds: 300 },
  { name: 'sweep-notices', everySeconds: 86_400 },
  { name: 'prune-accounts', everySeconds: 3600 },
  { name: 'keep-partitions', everySeconds: 86_400 },
  { name: 'refresh-statistics', everySeconds: 5 },
  { name: 'delete-old-idempotency-keys', everySeconds: 3600 },
  { name: 'delete-expired-oauth-records', everySeconds: 3600 },
];

/** A sweep takes no input: it looks for what is due, and the next round comes anyway. */
function swept(sweep: (context: Context) => Promise<unknown>): JobKind<Context> {
  return {
    run: async (context) => readResult(await sweep(context)),
    retryAfterSeconds: [5, 30, 120, 600, 3600],
    concurrency: 1,
    leaseSeconds: 12,
  };
}

function readResult(result: unknown): JobResult {
  const isLater =
    typeof result === 'object' && result !== null && 'kind' in result && result.kind === 'later';
  return isLater ? { kind: 'later', afterSeconds: 0, reason: 'there is more', isFailure: false } : done;
}
