import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from 'pg';
import { listMigrations } from '../database/migrate.ts';
import { createTestDatabase, withDatabase } from './database.ts';

test('two databases made at once are migrated and apart, and a drop ends open sessions', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const session = new Client(one.connection);
  session.on('error', () => undefined);
  const ended = new Promise<void>((resolve) => session.once('end', resolve));
  await session.connect();
  const names = await session.query<{ name: string }>('SELECT name FROM schema_migrations ORDER BY name');
  assert.deepEqual(
    names.rows.map((row) => row.name),
    await listMigrations(),
  );
  await session.query('CREATE TABLE only_here ()');
  await one.drop();
  await ended;
  assert.equal(await findTable(other.connectionString, 'only_here'), null);
  assert.equal(await findTable(other.connectionString, 'schema_migrations'), 'schema_migrations');
  await other.drop();
  await other.drop();
  await assert.rejects(findTable(other.connectionString, 'only_here'), { code: '3D000' });
});

test('an address is moved to another database in all its forms', () => {
  const forms = [
    ['postgresql://u:p@host:5432/a', 'postgresql://u:p@host:5432/b'],
    ['postgres://host', 'postgres://host/b'],
    ['postgresql://u:p@/a?host=/var/run', 'postgresql://u:p@/b?host=/var/run'],
    [
      'postgresql://u:p@%2Fvar%2Frun:5432/a?sslmode=disable',
      'postgresql://u:p@%2Fvar%2Frun:5432/b?sslmode=disable',
    ],
  ];
  for (const [from = '', to] of forms) assert.equal(withDatabase(from, 'b'), to);
});

async function findTable(connectionString: string, name: string): Promise<unknown> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<{ found: unknown }>('SELECT to_regclass($1) AS found', [name])).rows[0]?.found;
  } finally {
    await client.end();
  }
}
