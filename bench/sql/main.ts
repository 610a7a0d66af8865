import { createApp } from '@leveret/server/app.js';
import { useDatabase } from '@leveret/server/commands/open-database.js';
import { readProcessEnvironment } from '@leveret/server/config/env.js';
import { loadInstallationKeys } from '@leveret/server/config/installation-key.js';
import { createLog } from '@leveret/server/kit/log.js';
import { provideSecrets } from '@leveret/server/operations/provide-secrets.js';
import { serveParent } from '../stage/serve-parent.ts';
import { runPlainTransactions } from './plain-transactions.ts';
import { prepareOrders } from './prepare-orders.ts';
import { runBatch } from './run-batch.ts';

export type SqlTask =
  /** Registers and completes batches of this size, one after the other. */
  | { kind: 'batches'; size: number; seconds: number; callbackUrl: string }
  /** One transaction of plain statements for each order, as most would write it. */
  | { kind: 'plain'; connections: number; seconds: number }
  /** Gives readers from 0 on an order each, so that they hold a grant. */
  | { kind: 'holders'; count: number };

export type SqlResult = { orders: number; seconds: number };

const { settings, installationKey, passwords } = readProcessEnvironment();
const connection = { connectionString: settings.databaseUrl };
const keys = await loadInstallationKeys(installationKey);
const secrets = await useDatabase(connection, settings, (database) =>
  provideSecrets(database, keys, passwords),
);
const log = createLog({ level: settings.logLevel });
const app = await createApp({ settings, secrets, connection, log, runsJobs: false });
const holdersAtOnce = 250;

serveParent<SqlTask, SqlResult>(undefined, run, async () => {
  app.context.close();
  await app.context.database.close();
});

async function run(task: SqlTask): Promise<SqlResult> {
  switch (task.kind) {
    case 'batches':
      return runBatches(task.size, task.seconds, task.callbackUrl);
    case 'plain':
      return runPlainTransactions(connection, task);
    case 'holders':
      return giveGrants(task.count);
  }
}

async function runBatches(size: number, seconds: number, callbackUrl: string): Promise<SqlResult> {
  const prepared = await prepareOrders(app.context, 4096, Date.now() % 1e9);
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let orders = 0;
  while (performance.now() < endsAt) {
    const from = orders % (prepared.length - size);
    await runBatch(app.context, prepared.slice(from, from + size), callbackUrl);
    orders += size;
  }
  return { orders, seconds: (performance.now() - startedAt) / 1000 };
}

async function giveGrants(count: number): Promise<SqlResult> {
  const startedAt = performance.now();
  for (let first = 0; first < count; first += holdersAtOnce) {
    const orders = await prepareOrders(app.context, Math.min(holdersAtOnce, count - first), first);
    await runBatch(app.context, orders, undefined);
  }
  return { orders: count, seconds: (performance.now() - startedAt) / 1000 };
}
