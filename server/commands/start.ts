import type { Command } from 'commander';
import { type App, createApp } from '../app.ts';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import type { Settings } from '../config/settings.ts';
import { keepPartitions } from '../database/keep-partitions.ts';
import { migrate } from '../database/migrate.ts';
import { armFailpoint, listFailpoints } from '../kit/failpoint.ts';
import { createLog } from '../kit/log.ts';
import { markInstallation } from '../operations/installation-mode.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { describeStart } from './describe-start.ts';
import { laterWarning } from './later-warning.ts';
import { listenAt } from './listen-at.ts';
import { mailWarning } from './mail-warning.ts';
import { type OpenDatabase, openDatabase, refuseOtherMode, useDatabase } from './open-database.ts';
import { print } from './print.ts';
import { keepGatesRegistered, seedSandbox } from './seed-sandbox.ts';
import { stopOnce } from './stop-once.ts';
import type { ReadEnvironment } from './verb.ts';

/**
 * Starts a node and runs it until it is told to stop. Anything may kill it at any time: the next start
 * recovers.
 */
export function startVerb(command: Command, readEnvironment: ReadEnvironment): void {
  command
    .description('start a node, its database and, in sandbox mode, the sandbox')
    .action(() => start(readEnvironment()));
}

async function start(environment: Environment): Promise<void> {
  const { settings } = environment;
  const database = await openDatabase(settings);
  let app: App | undefined;
  try {
    await prepare(database, settings);
    app = await buildNode(environment, database);
    await run(app, settings, database);
  } catch (error) {
    await app?.stop();
    await database.stop();
    throw error;
  }
}

async function buildNode(
  { settings, installationKey, passwords }: Environment,
  database: OpenDatabase,
): Promise<App> {
  const log = createLog({ level: settings.logLevel });
  for (const warning of [mailWarning(settings), laterWarning(database.migrations)])
    if (warning !== undefined) log.warn({}, warning);
  const keys = await loadInstallationKeys(installationKey);
  const secrets = await useDatabase(database.connection, settings, (opened) =>
    provideSecrets(opened, keys, passwords),
  );
  if (settings.failpoint) armFailpoint(settings.failpoint.name, settings.failpoint.nth);
  if (settings.failpointLog) listFailpoints(settings.failpointLog);
  return createApp({ settings, secrets, connection: database.connection, log });
}

async function run(app: App, settings: Settings, database: OpenDatabase): Promise<void> {
  await keepPartitions(app.context);
  const isSandbox = settings.mode === 'sandbox';
  if (isSandbox) await seedSandbox(app.context);
  const port = await listenAt(settings.port, () => app.start());
  const gates = isSandbox ? await keepGatesRegistered(app.context, port) : undefined;
  print(describeStart(settings, database.description));
  stopOnce(async () => {
    gates?.stop();
    await app.stop();
    await database.stop();
  });
}

/** Brings the database to this release and marks what it is for. A refusal leaves it as it was. */
async function prepare({ connection }: OpenDatabase, settings: Settings): Promise<void> {
  await refuseOtherMode(connection, settings);
  await migrate(connection);
  await useDatabase(connection, settings, (opened) => markInstallation(opened, settings.mode));
}
