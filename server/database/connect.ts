import pg from 'pg';
import type { Statement } from './statement.ts';
import { writeArray } from './write-array.ts';

export type ConnectionSettings = {
  connection: pg.PoolConfig;
  poolSize: number;
  /** Off for a pooler in transaction mode that cannot carry named prepared statements. */
  preparedStatements: boolean;
};

/** Database ids are bigint and below 2^53, so they are read as numbers, once, here. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.INT8) return readBigint;
    return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
  },
};

function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a bigint from the database is above 2^53');
  return value;
}

/**
 * A pool whose sessions cancel on the server what takes too long: a limit kept only by the client reports
 * failure and lets the statement commit afterwards.
 */
export function createPool(settings: ConnectionSettings, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...settings.connection,
    max: settings.poolSize,
    types,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 5_000,
    lock_timeout: 2_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 15_000,
    application_name: 'leveret',
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

export async function runStatement<Row extends object>(
  client: pg.Pool | pg.PoolClient,
  statement: Statement,
  values: readonly unknown[],
  prepared: boolean,
): Promise<Row[]> {
  const written = values.map((value) => (Array.isArray(value) ? (writeArray(value) ?? value) : value));
  const query = prepared
    ? { name: statement.name, text: statement.text, values: written }
    : { text: statement.text, values: written };
  const result = await client.query<Row>(query);
  return result.rows;
}
