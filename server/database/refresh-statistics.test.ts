import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { refreshStatistics } from './refresh-statistics.ts';
import { sql } from './statement.ts';
import { createDatabase } from './transaction.ts';

test('a table that has doubled is counted anew, one that has not is left alone', async () => {
  const { connection, drop } = await createTestDatabase();
  const settings = { connection, poolSize: 1, preparedStatements: true };
  const database = createDatabase(
    createPool(settings, () => undefined),
    { preparedStatements: true, random: Math.random, report: async () => {} },
  );
  // PostgreSQL's own round may not come in between.
  await database.query(sql('test.quiet', 'ALTER TABLE attempt_counters SET (autovacuum_enabled = false)'));
  const addCounters = async (first: number, last: number) => {
    await database.query(
      sql(
        'test.add',
        'INSERT INTO attempt_counters SELECT generate_series($1::bigint, $2), leveret_now(), 1',
      ),
      [first, last],
    );
    await database.query(sql('test.flush', 'SELECT pg_stat_force_next_flush()'));
  };
  const countedRows = async () => {
    const text = `SELECT reltuples::integer AS counted FROM pg_class WHERE relname = 'attempt_counters'`;
    const [row] = await database.query<{ counted: number }>(sql('test.counted', text));
    return row?.counted;
  };

  await addCounters(1, 400);
  await refreshStatistics({ database });
  assert.equal(await countedRows(), -1, 'few rows are not worth it');

  await addCounters(401, 2000);
  await refreshStatistics({ database });
  assert.equal(await countedRows(), 2000);

  await addCounters(2001, 3500);
  await refreshStatistics({ database });
  assert.equal(await countedRows(), 2000, 'it has not doubled');

  await addCounters(3501, 4100);
  await refreshStatistics({ database });
  assert.equal(await countedRows(), 4100);
  await database.close();
  await drop();
});
