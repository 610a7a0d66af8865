import { createApp } from '@leveret/server/app.js';
import { readEnvironment } from '@leveret/server/config/env.js';
import { deriveSecrets } from '@leveret/server/config/secrets.js';
import { createLog } from '@leveret/server/kit/log.js';
import { expireOrders } from '@leveret/server/orders/expire-orders.js';
import { sweepUnattachedPayments } from '@leveret/server/payments/before-orders/sweep-unattached-payments.js';
import { sweepOpenPayments } from '@leveret/server/payments/charging/sweep-open-payments.js';
import { applyEvidence } from '@leveret/server/payments/ledger/apply-evidence.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';
import type { AttemptBook } from '../conformance/books.ts';

/**
 * Does at once what the nodes do by the clock, and tells what no provider of the sandbox tells: a node in
 * this process, beside the two that are processes of their own.
 */
export type ThirdNode = {
  sweep(): Promise<unknown>;
  tell(attempt: AttemptBook, evidence: Evidence): Promise<void>;
  close(): Promise<void>;
};

export async function openThirdNode(databaseUrl: string, sandboxUrl: string): Promise<ThirdNode> {
  const variables = { SANDBOX_PORT: new URL(sandboxUrl).port, PORT: '0', LOG_LEVEL: 'silent' };
  const { settings, passwords } = readEnvironment(variables, '/', false);
  const { context, stop } = await createApp({
    settings,
    secrets: deriveSecrets(Buffer.alloc(32, 7), passwords),
    log: createLog({ level: 'silent' }),
    limits: {},
    runsJobs: false,
    connection: { connectionString: databaseUrl },
  });
  return {
    sweep: () =>
      Promise.all([expireOrders(context), sweepUnattachedPayments(context), sweepOpenPayments(context)]),
    tell: ({ publisher_id: publisherId, attempt_id: attemptId }, evidence) =>
      context.database.transaction('tell', async (transaction) => {
        const received = { publisherId, attemptId, source: 'notice', evidence } as const;
        await applyEvidence(context, transaction, received);
      }),
    close: stop,
  };
}
