import { createApp } from '../app.ts';
import type { Environment } from '../config/env.ts';
import { loadInstallationKeys } from '../config/installation-key.ts';
import { keepPartitions } from '../database/keep-partitions.ts';
import { armFailpoint, listFailpoints } from '../kit/failpoint.ts';
import { createLog } from '../kit/log.ts';
import { markInstallation } from '../operations/installation-mode.ts';
import { provideSecrets } from '../operations/provide-secrets.ts';
import { describeStart } from './describe-start.ts';
import {
  migrateDatabase,
  type OpenDatabase,
  openDatabase,
  refuseOtherMode,
  useDatabase,
} from './open-database.ts';
import { print } from './print.ts';
import { keepGatesRegistered, seedSandbox } from './seed-sandbox.ts';
import { stopOnce } from './stop-once.ts';

/**
 * Starts a node and runs it until it is told to stop. Anything may kill it at any time: the next start
 * recovers.
 */
export async function startCommand({ settings, installationKey, passwords }: Environment): Promise<void> {
  const log = createLog({ level: settings.logLevel });
  const database = await openDatabase(settings);
  await prepare(database, settings);
  const keys = await loadInstallationKeys(installationKey);
  const secrets = await useDatabase(database.connection, settings, (opened) =>
    provideSecrets(opened, keys, passwords),
  );
  if (settings.failpoint) armFailpoint(settings.failpoint.name, settings.failpoint.nth);
  if (settings.failpointLog) listFailpoints(settings.failpointLog);
  const app = await createApp({ settings, secrets, connection: database.connection, log });
  await keepPartitions(app.context);
  const isSandbox = settings.mode === 'sandbox';
  if (isSandbox) await seedSandbox(app.context);
  const port = await app.start();
  const gates = isSandbox ? await keepGatesRegistered(app.context, port) : undefined;
  print(describeStart(settings, database.description));
  stopOnce(async () => {
    gates?.stop();
    await app.stop();
    await database.stop();
  });
}

/** Brings the database to this release and marks what it is for. A refusal leaves it as it was. */
async function prepare(database: OpenDatabase, settings: Environment['settings']): Promise<void> {
  const { connection } = database;
  try {
    await refuseOtherMode(connection, settings);
    await migrateDatabase(connection);
    await useDatabase(connection, settings, (opened) => markInstallation(opened, settings.mode));
  } catch (error) {
    await database.stop();
    throw error;
  }
}
