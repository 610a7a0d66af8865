import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { keepSettings, keepsSettings } from './keep-settings.ts';
import { sql } from './statement.ts';
import { createDatabase, type Database } from './transaction.ts';

type Setting = { name: string; setting: string };

const readSettings = sql(
  'test.settings',
  `SELECT name, setting FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout',
     'idle_in_transaction_session_timeout', 'jit', 'random_page_cost') ORDER BY name`,
);
const wanted = {
  idle_in_transaction_session_timeout: '10000',
  jit: 'off',
  lock_timeout: '2000',
  random_page_cost: '1.1',
  statement_timeout: '5000',
};
/** What the database says for every session of it, against what is wanted. */
const defaults = {
  idle_in_transaction_session_timeout: '0',
  jit: 'on',
  lock_timeout: '0',
  random_page_cost: '7',
  statement_timeout: '3600000',
};
const asObject = (rows: readonly Setting[]) =>
  Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
const count = sql('test.count', 'INSERT INTO counted SELECT unnest($1::integer[]) RETURNING number');
const endSession = sql('test.end', 'SELECT pg_terminate_backend(pg_backend_pid()), pg_sleep(5)');
// No rollback takes back what a sequence has given.
const loseSession = sql(
  'test.lose',
  `SELECT run, CASE WHEN run <= $1 THEN pg_terminate_backend(pg_backend_pid())
     AND (SELECT count(*) FROM pg_sleep(5)) = 1 END AS is_lost
   FROM (SELECT nextval('runs')::integer AS run) counted`,
);

/** As the server says it, or as the socket does where a write is faster than that word. */
const isLost = (error: unknown) =>
  error instanceof Error && 'code' in error && ['57P01', 'EPIPE', 'ECONNRESET'].includes(String(error.code));

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>;
before(async () => {
  testDatabase = await createTestDatabase();
  const client = new pg.Client(testDatabase.connection);
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT current_database() AS name');
  for (const [name, value] of Object.entries(defaults))
    await client.query(`ALTER DATABASE ${rows[0]?.name ?? ''} SET ${name} = '${value}'`);
  await client.end();
});
after(() => testDatabase.drop());

/** A pool as nodes have it, and one whose sessions nothing is known of, as behind a pooler; of one session. */
const roads: [name: string, open: () => pg.Pool, kept: Record<string, string>][] = [
  [
    'a session of ours',
    () =>
      createPool(
        { connection: testDatabase.connection, poolSize: 1, preparedStatements: true },
        () => undefined,
      ),
    wanted,
  ],
  [
    'a session that others may have next',
    () =>
      new pg.Pool({ ...testDatabase.connection, max: 1, pipeline: true })
        .on('error', () => undefined)
        .on('connect', (client) => client.on('error', () => undefined)),
    defaults,
  ],
];

for (const [name, open, kept] of roads) {
  describe(name, () => {
    let pool: pg.Pool;
    let database: Database;
    const within = () =>
      database.transaction('read', (transaction) => transaction.query<Setting>(readSettings));
    before(async () => {
      pool = open();
      const options = { preparedStatements: true, report: async () => {}, random: Math.random };
      database = createDatabase(pool, options);
      await database.query(sql('test.drop', 'DROP TABLE IF EXISTS counted'));
      await database.query(
        sql('test.table', 'CREATE TABLE counted (number integer UNIQUE DEFERRABLE INITIALLY DEFERRED)'),
      );
    });
    after(() => database.close());

    test('limits hold in a transaction and for a statement by itself, whatever the database says', async () => {
      assert.deepEqual(asObject(await database.query(readSettings)), wanted);
      assert.deepEqual(asObject(await within()), wanted);
      const { rows } = await pool.query<Setting>(readSettings.text);
      assert.deepEqual(asObject(rows), kept);
    });

    test('a session in place of one that ended has the limits too, and who lost it is told', async () => {
      await assert.rejects(database.query(endSession), isLost);
      assert.deepEqual(asObject(await database.query(readSettings)), wanted);
      await assert.rejects(database.query(endSession), isLost);
      assert.deepEqual(asObject(await within()), wanted);
    });

    test('what may be done twice is run again where its session is lost, and nothing else is', async () => {
      await database.query(sql('test.runs', 'CREATE SEQUENCE IF NOT EXISTS runs'));
      const losing = async (times: number, way: Pick<Database, 'query'>) => {
        await database.query(sql('test.again', 'ALTER SEQUENCE runs RESTART'));
        const rows = await way.query<{ run: number }>(loseSession, [times]);
        return rows[0]?.run;
      };
      assert.equal(await losing(0, database.repeatable), 1);
      assert.equal(await losing(2, database.repeatable), 3);
      await assert.rejects(losing(5, database.repeatable), isLost);
      await assert.rejects(losing(1, database), isLost);
      await assert.rejects(database.repeatable.query(sql('test.wrong', 'SELECT 1 / 0')), { code: '22012' });
    });

    test('a statement by itself is written whole or not at all, and the session stays of use', async () => {
      const numbers = async () => {
        const rows = await database.query<{ number: number }>(
          sql('test.numbers', 'SELECT number FROM counted'),
        );
        return rows.map(({ number }) => number);
      };
      await database.query(count, [[1, 2]]);
      const { rows: before } = await pool.query('SELECT pg_backend_pid()');
      await assert.rejects(database.query(sql('test.wrong', 'SELECT 1 / 0')), { code: '22012' });
      // A deferred rule is broken at COMMIT.
      await assert.rejects(database.query(count, [[3, 1]]), { code: '23505' });
      assert.deepEqual(await numbers(), [1, 2]);
      await database.query(count, [[5]]);
      assert.deepEqual(await numbers(), [1, 2, 5]);
      assert.deepEqual((await pool.query('SELECT pg_backend_pid()')).rows, before);
    });
  });
}

test('what waits for BEGIN is not run behind ROLLBACK', async (t) => {
  const pool = new pg.Pool({ ...testDatabase.connection, max: 1, pipeline: true });
  const database = createDatabase(pool, {
    preparedStatements: true,
    report: async () => {},
    random: Math.random,
  });
  t.after(() => database.close());
  await database.query(sql('test.drop', 'DROP TABLE IF EXISTS counted'));
  await database.query(sql('test.make', 'CREATE TABLE counted (number integer)'));
  const asked = database.transaction('write', (transaction) =>
    Promise.all([transaction.query(count, [[1]]), Promise.reject(new Error('at once'))]),
  );
  await assert.rejects(asked, /at once/);
  assert.deepEqual(await database.query(sql('test.all', 'SELECT number FROM counted')), []);
});

test('where BEGIN fails nothing is written, whatever comes first', async (t) => {
  const pool = new pg.Pool({ ...testDatabase.connection, max: 1, pipeline: true });
  const database = createDatabase(pool, {
    preparedStatements: true,
    report: async () => {},
    random: Math.random,
  });
  t.after(() => database.close());
  await database.query(sql('test.drop', 'DROP TABLE IF EXISTS counted'));
  await database.query(sql('test.make', 'CREATE TABLE counted (number integer)'));
  // As when somebody cancels it.
  const fails = (first: unknown) => typeof first === 'string' && first.startsWith('BEGIN');
  pool.on('acquire', (client) => {
    const query = client.query.bind(client) as (...all: unknown[]) => unknown;
    const refusing = (first: unknown, ...rest: unknown[]) =>
      query(fails(first) ? 'SELECT 1 / 0' : first, ...rest);
    client.query = refusing as typeof client.query;
  });
  for (const first of [count, sql('test.reads', 'SELECT 1 AS one FROM unnest($1::integer[])')]) {
    const asked = database.transaction('write', async (transaction) => {
      await transaction.query(first, [[1]]);
      await transaction.query(count, [[2]]);
    });
    await assert.rejects(asked, { code: '22012' });
  }
  await assert.rejects(
    database.transaction('nothing', async () => undefined),
    { code: '22012' },
  );
  assert.deepEqual((await pool.query('SELECT number FROM counted')).rows, []);
});

test('nothing is set in a session whose process is not the one that was announced', async (t) => {
  const client = new pg.Client(testDatabase.connection);
  await client.connect();
  t.after(() => client.end());
  // As from PgBouncer, which announces a number of its own.
  Object.assign(client, { processID: -1 });
  await keepSettings(client);
  assert.equal(keepsSettings(client), false);
  assert.deepEqual(asObject((await client.query<Setting>(readSettings.text)).rows), defaults);
});

test('a session is told from others by itself: one that keeps the limits says nothing of the next', async (t) => {
  const [one, other] = [new pg.Client(testDatabase.connection), new pg.Client(testDatabase.connection)];
  await Promise.all([one.connect(), other.connect()]);
  t.after(() => Promise.all([one.end(), other.end()]));
  await keepSettings(one);
  assert.deepEqual([keepsSettings(one), keepsSettings(other)], [true, false]);
});
