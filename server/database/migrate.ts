import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { buildIndexes, isBuiltOutside } from './build-indexes.ts';

const ownMigrations = new URL('../../database/migrations/', import.meta.url);

/**
 * Applies the numbered migrations that the database lacks, each in its own transaction, and answers their
 * names. Several nodes may start at once: the first takes the lock and the others find nothing to do. One
 * that begins with `-- outside a transaction` builds indexes while others write (see `build-indexes.ts`).
 */
export async function migrate(connection: pg.ClientConfig, folder = ownMigrations): Promise<string[]> {
  return withClient(connection, async (client) => {
    await client.query(`BEGIN;
      SELECT pg_advisory_xact_lock(20260101);
      CREATE TABLE IF NOT EXISTS schema_migrations (
        name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
      COMMIT`);
    const applied: string[] = [];
    for (const name of await listMigrations(folder)) {
      const text = await readFile(new URL(name, folder), 'utf8');
      const isNew = isBuiltOutside(text)
        ? await applyOnce(client, name, takeTurn, () =>
            withClient(connection, (builder) => buildIndexes(builder, text)),
          )
        : await applyOnce(client, name, lockTable, () => client.query(text));
      if (isNew) applied.push(name);
    }
    return applied;
  });
}

export async function listMigrations(folder = ownMigrations): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
}

/** Applies a migration, unless it has been, in the transaction that `lock` begins. */
async function applyOnce(
  client: pg.Client,
  name: string,
  lock: (client: pg.Client) => Promise<unknown>,
  apply: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await lock(client);
    const known = await client.query<{ name: string }>('SELECT name FROM schema_migrations');
    const isNew = !known.rows.some((row) => row.name === name);
    if (isNew) {
      await apply();
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [name]);
    }
    await client.query('COMMIT');
    return isNew;
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`the migration ${name} failed`, { cause: error });
  }
}

function lockTable(client: pg.Client): Promise<unknown> {
  return client.query('BEGIN; LOCK TABLE schema_migrations IN EXCLUSIVE MODE');
}

/**
 * Building an index waits for every older snapshot. A node that waited in the database for us would hold one,
 * and neither would come to an end: so it asks again and again. For the same reason a transaction that waits
 * for the building asks nothing with parameters before, which would leave a snapshot behind.
 */
async function takeTurn(client: pg.Client): Promise<void> {
  for (;;) {
    await client.query('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0');
    const tried = await client.query<{ taken: boolean }>(
      'SELECT pg_try_advisory_xact_lock(20260102) AS taken',
    );
    if (tried.rows[0]?.taken === true) return;
    await client.query('ROLLBACK');
    await pause(100);
  }
}

async function withClient<Result>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connection);
  // A session that is cut off fails its statement; the event beside it would end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
