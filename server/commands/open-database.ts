import pg from 'pg';
import type { Settings } from '../config/settings.ts';
import { startEmbeddedPostgres } from '../database/embedded/start.ts';
import { migrate } from '../database/migrate.ts';

export type OpenDatabase = {
  connection: pg.PoolConfig;
  /** Where the data is, in words for the operator. */
  description: string;
  stop(): Promise<void>;
};

/** The operator's database by `DATABASE_URL`, or a real PostgreSQL server of our own in the data folder. */
export async function openDatabase(settings: Settings, print: (line: string) => void): Promise<OpenDatabase> {
  if (settings.databaseUrl !== undefined) {
    return {
      connection: { connectionString: settings.databaseUrl },
      description: 'PostgreSQL at DATABASE_URL',
      stop: async () => {},
    };
  }
  const embedded = await startEmbeddedPostgres({ dataDirectory: settings.dataDirectory, log: print });
  return {
    connection: embedded.connection,
    description: `embedded PostgreSQL in ${embedded.dataDirectory}`,
    stop: () => embedded.stop(),
  };
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
