import { readdir, readFile } from 'node:fs/promises';
import type pg from 'pg';

const folder = new URL('../../database/migrations/', import.meta.url);

/**
 * Applies the numbered migrations that the database lacks, each in its own transaction, and answers their
 * names. Several nodes may start at once: the first takes the lock and the others find nothing to do.
 */
export async function migrate(client: pg.Client | pg.PoolClient): Promise<string[]> {
  await client.query(`BEGIN;
    SELECT pg_advisory_xact_lock(20260101);
    CREATE TABLE IF NOT EXISTS schema_migrations (
      name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now());
    COMMIT`);
  const applied: string[] = [];
  for (const name of await listMigrations()) {
    if (await applyMigration(client, name)) applied.push(name);
  }
  return applied;
}

export async function listMigrations(): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name)).sort();
}

async function applyMigration(client: pg.Client | pg.PoolClient, name: string): Promise<boolean> {
  await client.query('BEGIN');
  try {
    await client.query('LOCK TABLE schema_migrations IN EXCLUSIVE MODE');
    const found = await client.query('SELECT 1 FROM schema_migrations WHERE name = $1', [name]);
    const isNew = found.rows.length === 0;
    if (isNew) {
      await client.query(await readFile(new URL(name, folder), 'utf8'));
      await client.query('INSERT INTO schema_migrations (name) VALUES ($1)', [name]);
    }
    await client.query('COMMIT');
    return isNew;
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`the migration ${name} failed`, { cause: error });
  }
}
