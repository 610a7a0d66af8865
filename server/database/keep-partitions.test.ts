import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createPool } from './connect.ts';
import { keepPartitions } from './keep-partitions.ts';
import { sql } from './statement.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';
import { createDatabase, type Database } from './transaction.ts';

let testDatabase: TestDatabase;
let database: Database;

before(async () => {
  testDatabase = await createTestDatabase();
  const { connection } = testDatabase;
  const pool = createPool({ connection, poolSize: 8, preparedStatements: true }, () => {});
  database = createDatabase(pool, { preparedStatements: true, report: async () => {}, random: Math.random });
});
after(async () => {
  await database.close();
  await testDatabase.drop();
});

const count = sql(
  'partitions.count',
  "SELECT count(*) AS made FROM pg_class WHERE relname ~ '^(events|payment_outcomes|delivery_tries)_\\d{6}$'",
);

test('nodes that start at once make the partitions of four months together, once', async () => {
  await Promise.all(Array.from({ length: 8 }, () => keepPartitions({ database })));
  const [row] = await database.query<{ made: number }>(count);
  assert.equal(row?.made, 12);
});
