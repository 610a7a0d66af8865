import { type Command, InvalidArgumentError } from 'commander';
import { createApp } from '../app.ts';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { migrate } from '../database/migrate.ts';
import { createLog } from '../kit/log.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { commandOrigin } from '../kit/origin.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { type Difference, type Reconciliation, reconcile } from '../payments/reconcile/reconcile.ts';
import { openDatabaseBesideNode, refuseOtherMode, useDatabase } from './open-database.ts';
import { print } from './print.ts';
import type { ReadEnvironment } from './verb.ts';

const defaultDays = 7;
const mostDays = 400;
const pauseMilliseconds = 200;

/**
 * `reconcile [--days N] [--apply]`: compares the attempts of the last days with their providers, and ended
 * orders with the callbacks that were sent. Ends with 1 where anything differs. `--apply` takes over what
 * the providers say, as if they had told it by themselves.
 */
export function reconcileVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('compare payments with the providers, and ended orders with callbacks')
    .option('--days <number>', `how far back to look, up to ${mostDays}`, readDays, defaultDays)
    .option('--apply', 'take over what the providers say, as if they had told it by themselves')
    .action((options: Options) => compare(readEnvironment(), options));
}

type Options = { days: number; apply?: boolean };

async function compare(environment: Environment, { days, apply = false }: Options): Promise<void> {
  const { settings, passwords, installationKey } = environment;
  const opened = await openDatabaseBesideNode(settings);
  const { connection } = opened;
  try {
    // It asks providers, and may take over what they say: both as the node that the database belongs to.
    await refuseOtherMode(connection, settings);
    await migrate(connection);
    const keys = await loadInstallationKeys(installationKey);
    const secrets = await useDatabase(connection, settings, (database) =>
      provideSecrets(database, keys, passwords),
    );
    const log = createLog({ level: settings.logLevel });
    const app = await createApp({ settings, secrets, connection, log, runsJobs: false });
    try {
      const { context } = app;
      const own = { ...context, database: context.database.startedBy(commandOrigin) };
      report(await reconcile(own, { days, applies: apply, pauseMilliseconds }));
    } finally {
      await app.stop();
    }
  } finally {
    await opened.stop();
  }
}

function readDays(given: string): number {
  const days = /^\d{1,3}$/.test(given) ? Number(given) : 0;
  if (days < 1 || days > mostDays)
    throw new InvalidArgumentError(`It must be a number from 1 to ${mostDays}.`);
  return days;
}

function report(found: Reconciliation): void {
  print(`${found.asked} attempts asked, ${found.notAskable} of methods that cannot be asked.`);
  if (found.unanswered.length > 0) tell('Not answered', found.unanswered.map(describe));
  const lists: [string, string[]][] = [
    ['Money at the provider that is not, or not so, in the books', found.unknownToUs.map(describe)],
    ['Money in the books that the provider does not know', found.unknownToProvider.map(describe)],
    ['Ended orders whose callback was not delivered', found.unnotified.map(describeUnnotified)],
  ];
  for (const [title, lines] of lists) tell(title, lines);
  if (lists.some(([, lines]) => lines.length > 0)) throw new OperatorError('Something differs (see above).');
}

function tell(title: string, lines: readonly string[]): void {
  print(`${title}: ${lines.length === 0 ? 'none' : lines.length}`);
  for (const line of lines) print(`  ${line}`);
}

function describe({ publisherId, orderId, attemptId, adapter, reference, says }: Difference): string {
  const attempt = `attempt ${attemptId} (${adapter} ${reference})`;
  const order = orderId === undefined ? 'no order' : `order ${orderId}`;
  return `publisher ${publisherId}, ${order}, ${attempt}: ${says}`;
}

function describeUnnotified({
  publisherId,
  orderId,
  host,
  endedAt,
}: Reconciliation['unnotified'][number]): string {
  const told = host === null ? 'no callback was made' : `to ${host}`;
  return `publisher ${publisherId}, order ${orderId}, ended ${endedAt.toISOString()}: ${told}`;
}
