import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type pg from 'pg';
import { createTestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { sql } from './statement.ts';
import { createDatabase, type Database } from './transaction.ts';

let testDatabase: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: pg.Pool;
let database: Database;

// One session, so that what one caller leaves in it is found by the next.
before(async () => {
  testDatabase = await createTestDatabase();
  const settings = { connection: testDatabase.connection, poolSize: 1, preparedStatements: true };
  pool = createPool(settings, () => undefined);
  database = createDatabase(pool, { ...settings, report: async () => {}, random: Math.random });
  await database.query(
    sql('test.table', 'CREATE TABLE counted (number integer UNIQUE DEFERRABLE INITIALLY DEFERRED)'),
  );
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

type Setting = { name: string; setting: string };

const readSettings = sql(
  'test.settings',
  `SELECT name, setting FROM pg_settings WHERE name IN
     ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'jit')`,
);
const inside = new Map([
  ['statement_timeout', '5000'],
  ['lock_timeout', '2000'],
  ['idle_in_transaction_session_timeout', '10000'],
  ['jit', 'off'],
]);
const asMap = (rows: readonly Setting[]) => new Map(rows.map(({ name, setting }) => [name, setting]));
const count = sql('test.count', 'INSERT INTO counted SELECT unnest($1::integer[]) RETURNING number');
const numbers = async () => {
  const rows = await database.query<{ number: number }>(sql('test.numbers', 'SELECT number FROM counted'));
  return rows.map(({ number }) => number);
};

test('limits hold in a transaction and for a statement by itself, and none is left in the session', async () => {
  await pool.query('SET jit = on');
  assert.deepEqual(asMap(await database.query(readSettings)), inside);
  const within = await database.transaction('read', (transaction) =>
    transaction.query<Setting>(readSettings),
  );
  assert.deepEqual(asMap(within), inside);
  const { rows } = await pool.query<Setting>(readSettings.text);
  const outside = new Map([...inside.keys()].map((name) => [name, name === 'jit' ? 'on' : '0']));
  assert.deepEqual(asMap(rows), outside);
});

test('a statement by itself is written whole or not at all, and the session stays of use', async () => {
  await database.query(count, [[1, 2]]);
  await assert.rejects(database.query(sql('test.wrong', 'SELECT 1 / 0')), { code: '22012' });
  // A deferred rule is broken at COMMIT.
  await assert.rejects(database.query(count, [[3, 1]]), { code: '23505' });
  assert.deepEqual(await numbers(), [1, 2]);
  await database.query(count, [[5]]);
  assert.deepEqual(await numbers(), [1, 2, 5]);
  assert.equal(pool.totalCount, 1);
});
