import type pg from 'pg';
import { listMigrations } from './migrate.ts';

/** Migrations of this release that a database lacks, and those it has that only a later release knows. */
export type Compared = { missing: string[]; later: string[] };

/**
 * How what was applied to a database stands to the migrations of a release; nothing where it was made by
 * another set of them. A set is known by its first migration: without that one none of the others fits.
 */
export function compareMigrations(own: readonly string[], applied: readonly string[]): Compared | undefined {
  const [first] = own;
  if (applied.length > 0 && first !== undefined && !applied.includes(first)) return undefined;
  return {
    missing: own.filter((name) => !applied.includes(name)),
    later: applied.filter((name) => !own.includes(name)),
  };
}

/** The same for a database, which may hold nothing yet; changes nothing. */
export async function compareDatabase(client: pg.ClientBase): Promise<Compared | undefined> {
  return compareMigrations(await listMigrations(), await listApplied(client));
}

async function listApplied(client: pg.ClientBase): Promise<string[]> {
  const there = await client.query<{ answer: boolean }>(
    `SELECT to_regclass('schema_migrations') IS NOT NULL AS answer`,
  );
  if (there.rows[0]?.answer !== true) return [];
  const { rows } = await client.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name');
  return rows.map(({ name }) => name);
}
