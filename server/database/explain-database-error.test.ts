import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createPool, runStatement } from './connect.ts';
import { explainDatabaseError } from './explain-database-error.ts';
import { sql } from './statement.ts';
import { createTestDatabase } from './test-database.ts';
import { CommitUnknown } from './transaction.ts';

const withState = (code: string) => Object.assign(new Error('from the database'), { code });

test('a lost commit is told apart from what wrote nothing', () => {
  assert.equal(explainDatabaseError(new CommitUnknown('lost'))?.code, 'outcome_is_unknown');
  for (const state of ['55P03', '57014', '57P01', '53300', '08006', '40001']) {
    assert.equal(explainDatabaseError(withState(state))?.code, 'temporarily_unavailable', state);
  }
});

test('a broken rule of the schema, or of our own, stays an error', () => {
  for (const error of [
    withState('23505'),
    withState('42703'),
    new Error('x'),
    new TypeError('y'),
    'text',
    undefined,
  ]) {
    assert.equal(explainDatabaseError(error), undefined);
  }
});

test('a pool without a free connection, and a database that is away, are busy', async () => {
  const testDatabase = await createTestDatabase();
  const pool = createPool(
    {
      connection: testDatabase.connection,
      poolSize: 1,
      preparedStatements: true,
    },
    () => undefined,
  );
  try {
    const taken = await pool.connect();
    pool.options.connectionTimeoutMillis = 30;
    const refused = await pool.connect().catch((error: unknown) => error);
    assert.equal(explainDatabaseError(refused)?.code, 'temporarily_unavailable');
    await runStatement(taken, sql('test.limit', 'SET statement_timeout = 10'), [], false);
    const stopped = await runStatement(taken, sql('test.sleep', 'SELECT pg_sleep(1)'), [], false).catch(
      (e: unknown) => e,
    );
    assert.equal(explainDatabaseError(stopped)?.code, 'temporarily_unavailable');
    taken.release();
  } finally {
    await pool.end();
    await testDatabase.drop();
  }
  const away = new pg.Client({ host: '127.0.0.1', port: 1 });
  const unreachable = await away.connect().catch((error: unknown) => error);
  assert.equal(explainDatabaseError(unreachable)?.code, 'temporarily_unavailable');
});
