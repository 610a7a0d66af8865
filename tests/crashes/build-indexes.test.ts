import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { migrate } from '@leveret/server/database/migrate.js';
import { createTestDatabase, type TestDatabase } from '@leveret/server/testing/database.js';
import pg from 'pg';
import { until } from '../builders/until.ts';

let database: TestDatabase;
let client: pg.Client;
before(async () => {
  database = await createTestDatabase();
  client = new pg.Client(database.connection);
  await client.connect();
});
after(async () => {
  await client.end();
  await database.drop();
});

const rows = async (text: string) => (await client.query<Record<string, unknown>>(text)).rows;
const isValid = async (index: string) =>
  (await rows(`SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('${index}')`))[0]?.[
    'indisvalid'
  ];

/** Applies one migration of the test's own; a name is applied once. */
async function apply(name: string, text: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'leveret-migrations-'));
  try {
    await writeFile(join(folder, name), text);
    return await migrate(database.connection, pathToFileURL(`${folder}/`));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('a build that is killed in the middle is begun anew, and what was complete stays', async () => {
  await rows('CREATE TABLE killed (a integer); INSERT INTO killed SELECT generate_series(1, 100)');
  const text = `-- outside a transaction
    CREATE INDEX CONCURRENTLY killed_first ON killed (a) WHERE a > 1;
    CREATE INDEX CONCURRENTLY killed_second ON killed (a);`;
  await apply('9001-first.sql', text.replace(/\n.*killed_second.*/, ''));
  const [complete] = await rows(`SELECT 'killed_first'::regclass::oid AS oid`);

  const writer = new pg.Client(database.connection);
  await writer.connect();
  await writer.query('BEGIN; INSERT INTO killed VALUES (0)');
  const failing = assert.rejects(apply('9002-killed.sql', text), /9002-killed.sql failed/);
  const builder = await until('the build to wait for the writer', async () => {
    const [found] = await rows(
      `SELECT pid FROM pg_stat_progress_create_index
       WHERE phase LIKE 'waiting for%' AND current_locker_pid > 0`,
    );
    return found?.['pid'];
  });
  await rows(`SELECT pg_terminate_backend(${String(builder)})`);
  await failing;
  await writer.query('COMMIT');
  await writer.end();
  assert.equal(await isValid('killed_second'), false);

  assert.deepEqual(await apply('9002-killed.sql', text), ['9002-killed.sql']);
  assert.equal(await isValid('killed_second'), true);
  assert.deepEqual(await rows(`SELECT 'killed_first'::regclass::oid AS oid`), [complete]);
  assert.deepEqual(await apply('9002-killed.sql', text), []);
});

test('nodes that start at once build an index once, while others write', async () => {
  await rows('CREATE TABLE shared_work (a integer)');
  const text = '-- outside a transaction\nCREATE INDEX CONCURRENTLY shared_once ON shared_work (a);';
  const applied = await Promise.all(Array.from({ length: 4 }, () => apply('9003-shared.sql', text)));
  assert.deepEqual(applied.flat(), ['9003-shared.sql']);
  assert.equal(await isValid('shared_once'), true);
});

test('of a partitioned table each partition gets its own, also those that come later', async () => {
  await rows(`CREATE TABLE parted (a integer) PARTITION BY RANGE (a);
    CREATE TABLE parted_low PARTITION OF parted FOR VALUES FROM (0) TO (10);
    CREATE TABLE parted_rest PARTITION OF parted DEFAULT;
    CREATE INDEX parted_low_parted_by_a ON parted_low (a)`);
  await apply(
    '9004-parted.sql',
    '-- outside a transaction\nCREATE INDEX CONCURRENTLY parted_by_a ON parted (a);',
  );
  assert.equal(await isValid('parted_by_a'), true);
  await rows('CREATE TABLE parted_high PARTITION OF parted FOR VALUES FROM (10) TO (20)');
  const [count] = await rows(
    `SELECT count(*)::integer AS attached FROM pg_inherits WHERE inhparent = 'parted_by_a'::regclass`,
  );
  assert.equal(count?.['attached'], 3);
});

test('anything but such an index is refused before something is changed', async () => {
  await rows('CREATE TABLE refused (a integer)');
  const text = `-- outside a transaction
    CREATE INDEX CONCURRENTLY refused_first ON refused (a); DROP TABLE refused;`;
  await assert.rejects(apply('9005-refused.sql', text), (error: Error) =>
    String(error.cause).includes('DROP TABLE refused'),
  );
  assert.equal(await isValid('refused_first'), undefined);
});
