import { pruneAccounts } from './accounts/prune-accounts.ts';
import { pruneLoginLinks } from './accounts/prune-login-links.ts';
import { pruneActs } from './acts/prune-acts.ts';
import { deliverJob } from './callbacks/deliver.ts';
import { pruneDeliveries } from './callbacks/prune-deliveries.ts';
import type { Context } from './context.ts';
import { deleteOldIdempotencyKeys } from './database/delete-old-idempotency-keys.ts';
import { keepPartitions } from './database/keep-partitions.ts';
import { refreshStatistics } from './database/refresh-statistics.ts';
import { pruneCompletions } from './fulfillment/prune-completions.ts';
import { numberInvoicesJob } from './invoices/number-invoices.ts';
import type { Schedule } from './kit/work-queue/run-schedules.ts';
import { done, type JobKind, type JobResult } from './kit/work-queue/work.ts';
import { deliverMessageJob } from './messages/deliver-message.ts';
import { pruneMessages } from './messages/prune-messages.ts';
import { expireOrders } from './orders/expire-orders.ts';
import { pruneKeptBuyers } from './orders/prune-kept-buyers.ts';
import { pruneStoppedBuyers } from './orders/prune-stopped-buyers.ts';
import { pruneUnpaidOrders } from './orders/prune-unpaid-orders.ts';
import { askAgreementJob } from './payments/agreements/ask-agreement.ts';
import { stopAgreementJob } from './payments/agreements/stop-agreement.ts';
import { sweepAgreements } from './payments/agreements/sweep-agreements.ts';
import { confirmPrepaymentJob } from './payments/before-orders/confirm-prepayment.ts';
import { giveBackUnattachedJob } from './payments/before-orders/give-back-unattached.ts';
import { prunePagePayments } from './payments/before-orders/prune-page-payments.ts';
import { sweepUnattachedPayments } from './payments/before-orders/sweep-unattached-payments.ts';
import { acknowledgePaymentJob } from './payments/charging/acknowledge-payment.ts';
import { resolveAttemptJob } from './payments/charging/resolve-attempt.ts';
import { startPaymentJob } from './payments/charging/start-payment.ts';
import { sweepOpenPayments } from './payments/charging/sweep-open-payments.ts';
import { registerNoticesJob, sweepNotices } from './payments/merchants/register-notices.ts';
import { unregisterNoticesJob } from './payments/merchants/unregister-notices.ts';
import { runOperationJob } from './payments/money-moves/run-operation.ts';
import { sweepCaptureDue } from './payments/money-moves/sweep-capture-due.ts';
import { sweepOperations } from './payments/money-moves/sweep-operations.ts';
import { deleteExpiredOauthRecords } from './publishers/oauth/delete-expired-oauth-records.ts';
import { pruneWithdrawals } from './withdrawals/prune-withdrawals.ts';

/** Which use case each job runs, and its plan of tries. Names are never changed: waiting jobs carry them. */
export const jobs: Readonly<Record<string, JobKind<Context>>> = {
  'start-payment': startPaymentJob,
  'resolve-attempt': resolveAttemptJob,
  'acknowledge-payment': acknowledgePaymentJob,
  'ask-agreement': askAgreementJob,
  'stop-agreement': stopAgreementJob,
  'run-operation': runOperationJob,
  'confirm-prepayment': confirmPrepaymentJob,
  'give-back-unattached': giveBackUnattachedJob,
  'register-notices': registerNoticesJob,
  'unregister-notices': unregisterNoticesJob,
  'deliver-message': deliverMessageJob,
  deliver: deliverJob,
  'number-invoices': numberInvoicesJob,
  'expire-orders': swept(expireOrders),
  'sweep-open-payments': swept(sweepOpenPayments),
  'sweep-operations': swept(sweepOperations),
  'sweep-unattached-payments': swept(sweepUnattachedPayments),
  'sweep-capture-due': swept(sweepCaptureDue),
  'sweep-agreements': swept(sweepAgreements),
  'sweep-notices': swept(sweepNotices),
  'prune-accounts': swept(pruneAccounts),
  'prune-messages': swept(pruneMessages),
  'prune-login-links': swept(pruneLoginLinks),
  'prune-deliveries': swept(pruneDeliveries),
  'prune-completions': swept(pruneCompletions),
  'prune-unpaid-orders': swept(pruneUnpaidOrders),
  'prune-stopped-buyers': swept(pruneStoppedBuyers),
  'prune-kept-buyers': swept(pruneKeptBuyers),
  'prune-page-payments': swept(prunePagePayments),
  'prune-acts': swept(pruneActs),
  'prune-withdrawals': swept(pruneWithdrawals),
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
  { name: 'sweep-unattached-payments', everySeconds: 60 },
  { name: 'sweep-capture-due', everySeconds: 300 },
  { name: 'sweep-agreements', everySeconds: 60 },
  { name: 'sweep-notices', everySeconds: 86_400 },
  { name: 'prune-accounts', everySeconds: 3600 },
  { name: 'prune-messages', everySeconds: 86_400 },
  { name: 'prune-login-links', everySeconds: 86_400 },
  { name: 'prune-deliveries', everySeconds: 86_400 },
  { name: 'prune-completions', everySeconds: 86_400 },
  { name: 'prune-unpaid-orders', everySeconds: 86_400 },
  { name: 'prune-stopped-buyers', everySeconds: 86_400 },
  { name: 'prune-kept-buyers', everySeconds: 86_400 },
  { name: 'prune-page-payments', everySeconds: 86_400 },
  { name: 'prune-acts', everySeconds: 86_400 },
  { name: 'prune-withdrawals', everySeconds: 86_400 },
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
