import pg from 'pg';
import type { Settings } from '../config/settings.ts';
import { createPool } from '../database/connect.ts';
import { findRunningPostgres } from '../database/embedded/find-running.ts';
import { startEmbeddedPostgres } from '../database/embedded/start.ts';
import { migrate } from '../database/migrate.ts';
import { createDatabase, type Database } from '../database/transaction.ts';
import { OperatorError } from '../kit/operator-error.ts';
import { type InstallationFacts, readInstallationFacts, refusalOf } from '../operations/installation-mode.ts';
import { print } from './print.ts';

export type OpenDatabase = {
  connection: pg.PoolConfig;
  /** Where the data is, in words for the operator. */
  description: string;
  stop(): Promise<void>;
};

/** The operator's database by `DATABASE_URL`, or a real PostgreSQL server of our own in the data folder. */
export async function openDatabase(settings: Settings): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) {
    const connection = { connectionString: settings.databaseUrl };
    return { connection, description: 'PostgreSQL at DATABASE_URL', stop: async () => {} };
  }
  const embedded = await startEmbeddedPostgres({ dataDirectory: settings.dataDirectory, log: print });
  return {
    connection: embedded.connection,
    description: `embedded PostgreSQL in ${embedded.dataDirectory}`,
    stop: () => embedded.stop(),
  };
}

/** The same database for a command, which may stand beside a running node. */
export async function openDatabaseBesideNode(settings: Settings): Promise<OpenDatabase> {
  const running =
    settings.databaseUrl === undefined ? findRunningPostgres(settings.dataDirectory) : undefined;
  if (!running) return openDatabase(settings);
  const description = `embedded PostgreSQL in ${settings.dataDirectory}, of a running node`;
  return { connection: running, description, stop: async () => {} };
}

/**
 * Opens the migrated database for one piece of work that reports no event, and closes it again. Who says
 * that it is live is refused where it is a sandbox, before anything is changed.
 */
export async function withDatabase<Result>(
  settings: Settings,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const opened = await openDatabaseBesideNode(settings);
  try {
    // A command beside a live node need not say so: it seeds nothing and opens nothing to anyone.
    if (settings.mode === 'live') await refuseOtherMode(opened.connection, settings);
    await migrateDatabase(opened.connection);
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
  const database = createDatabase(pool, { preparedStatements: true, report, random: Math.random });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Brings the database to this release; answers the names of the migrations that were applied. */
export async function migrateDatabase(connection: pg.PoolConfig): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return await migrate(client);
  } finally {
    await client.end();
  }
}
