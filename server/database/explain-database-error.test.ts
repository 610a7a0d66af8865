import assert from 'node:assert/strict';
import { test } from 'node:test';
import pg from 'pg';
import { createTestDatabase } from '../testing/database.ts';
import { createPool } from './connect.ts';
import { explainDatabaseError } from './explain-database-error.ts';
import { CommitUnknown } from './transaction.ts';

const withState = (code: string) => Object.assign(new Error('from the database'), { code });

/** Limits, a lack of room, a fail-over, a restart, and a password or database that is being changed. */
const busy = [
  ...['55P03', '57014', '25P03', '25006', '53100', '53200', '53300', '57P01', '57P02', '57P03', '57P05'],
  ...['08000', '08006', '40001', '40P01', '58000', '58030', '28P01', '28000', '3D000'],
];

test('a lost commit is told apart from what wrote nothing', () => {
  assert.equal(explainDatabaseError(new CommitUnknown('lost'))?.code, 'outcome_is_unknown');
  for (const state of busy) {
    assert.equal(explainDatabaseError(withState(state))?.code, 'temporarily_unavailable', state);
  }
});

test('a session that the server ended is away, whatever it says', () => {
  const closed = Object.assign(withState('55000'), { severity: 'FATAL' });
  assert.equal(explainDatabaseError(closed)?.code, 'temporarily_unavailable');
  assert.equal(explainDatabaseError(Object.assign(withState('55000'), { severity: 'ERROR' })), undefined);
});

test('what the driver says of a connection that is gone, and of a host that is', () => {
  const words = [
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Client has encountered a connection error and is not queryable',
    'Client was closed and is not queryable',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ];
  for (const text of words)
    assert.equal(explainDatabaseError(new Error(text))?.code, 'temporarily_unavailable', text);
  for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH', 'EPIPE']) {
    const error = Object.assign(new Error('at the socket'), { code });
    assert.equal(explainDatabaseError(error)?.code, 'temporarily_unavailable', code);
  }
});

test('an error that was wrapped on its way is known by its cause', () => {
  const wrapped = new Error('while reading', { cause: withState('57P01') });
  assert.equal(explainDatabaseError(wrapped)?.code, 'temporarily_unavailable');
  const lost = new Error('while saving', { cause: new CommitUnknown('lost') });
  assert.equal(explainDatabaseError(lost)?.code, 'outcome_is_unknown');
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
    const stopped = await taken
      .query(`SET statement_timeout = 10; SELECT pg_sleep(1)`)
      .catch((e: unknown) => e);
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
