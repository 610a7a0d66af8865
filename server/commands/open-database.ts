import pg from 'pg';
import type { Settings } from '../config/settings.ts';
import type { Compared } from '../database/compare-migrations.ts';
import { createPool } from '../database/connect.ts';
import { findRunningPostgres } from '../database/embedded/find-running.ts';
import { hasEmbeddedDatabase } from '../database/embedded/places.ts';
import { startEmbeddedPostgres } from '../database/embedded/start.ts';
import { migrate } from '../database/migrate.ts';
import { createDatabase, type Database } from '../database/transaction.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { commandOrigin } from '../kit/origin.ts';
import { type InstallationFacts, readInstallationFacts, refusalOf } from '../operations/installation-mode.ts';
import { print } from './print.ts';
import { refuseOtherSet } from './refuse-other-set.ts';
import { requireDatabase } from './require-database.ts';

type Opened = {
  connection: pg.PoolConfig;
  /** Where the data is, in words for the operator. */
  description: string;
  stop(): Promise<void>;
};

/** `migrations`: how it stood to this release when it was opened. */
export type OpenDatabase = Opened & { migrations: Compared };

/**
 * The operator's database by `DATABASE_URL`, or a real PostgreSQL server of our own in the data folder.
 * Throws `OperatorError` where it was made by another set of migrations.
 */
export async function openDatabase(settings: Settings): Promise<OpenDatabase> {
  return compared(settings, await open(settings));
}

async function compared(settings: Settings, opened: Opened): Promise<OpenDatabase> {
  try {
    return { ...opened, migrations: await refuseOtherSet(opened.connection, settings) };
  } catch (error) {
    await opened.stop();
    throw error;
  }
}

async function open(settings: Settings): Promise<Opened> {
  if (settings.databaseUrl !== undefined) {
    const connection = { connectionString: settings.databaseUrl };
    await requireDatabase(connection);
    return { connection, description: 'PostgreSQL at DATABASE_URL', stop: async () => {} };
  }
  const embedded = await startEmbeddedPostgres({
    dataDirectory: settings.dataDirectory,
    memoryMegabytes: settings.databaseMemoryMegabytes,
    log: print,
  });
  return {
    connection: embedded.connection,
    description: `embedded PostgreSQL in ${embedded.dataDirectory}`,
    stop: () => embedded.stop(),
  };
}

/** For a command that may be the first in a data folder, and makes the database there. */
export const makesDatabase = { makes: true };

/**
 * The same database for a command, which may stand beside a running node. Throws `OperatorError` where there
 * is none yet, unless the command makes one.
 */
export async function openDatabaseBesideNode(
  settings: Settings,
  { makes }: { makes: boolean } = { makes: false },
): Promise<OpenDatabase> {
  if (!makes && settings.databaseUrl === undefined && !hasEmbeddedDatabase(settings.dataDirectory)) {
    throw new OperatorError(
      `There is no database in ${settings.dataDirectory} yet: "npm start" makes one there. ` +
        'LEVERET_DATA names another folder, DATABASE_URL a database of your own.',
    );
  }
  const running =
    settings.databaseUrl === undefined ? findRunningPostgres(settings.dataDirectory) : undefined;
  if (!running) return openDatabase(settings);
  const description = `embedded PostgreSQL in ${settings.dataDirectory}, of a running node`;
  return compared(settings, { connection: running, description, stop: async () => {} });
}

/**
 * Opens the migrated database for one piece of work that reports no event, and closes it again. Who says
 * that it is live is refused where it is a sandbox, before anything is changed.
 */
export async function withDatabase<Result>(
  settings: Settings,
  work: (database: Database) => Promise<Result>,
  options?: { makes: boolean },
): Promise<Result> {
  const opened = await openDatabaseBesideNode(settings, options);
  try {
    // A command beside a live node need not say so: it seeds nothing and opens nothing to anyone.
    if (settings.mode === 'live') await refuseOtherMode(opened.connection, settings);
    await migrate(opened.connection);
    return await useDatabase(opened.connection, settings, work);
  } finally {
    await opened.stop();
  }
}

/** Throws `OperatorError` where the database has been used in the other mode; changes nothing. */
export async function refuseOtherMode(connection: pg.PoolConfig, { mode }: Settings): Promise<void> {
  const refusal = refusalOf(mode, await installationFacts(connection));
  if (refusal !== undefined) throw new OperatorError(refusal);
}

async function installationFacts(connection: pg.PoolConfig): Promise<InstallationFacts> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await readInstallationFacts(client);
  } finally {
    await client.end();
  }
}

/** Does one piece of work that reports no event in a database that is there and migrated. */
export async function useDatabase<Result>(
  connection: pg.PoolConfig,
  settings: Settings,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const pool = createPool({ ...settings, connection }, () => {});
  const report = async () => {};
  const database = createDatabase(pool, { ...settings, report, random: Math.random, origin: commandOrigin });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
