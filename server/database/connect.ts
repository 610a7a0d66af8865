import { channel } from 'node:diagnostics_channel';
import pg from 'pg';
import { beginTransaction } from './begin-transaction.ts';
import { keepSettings, keepsSettings } from './keep-settings.ts';
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
 * The pool waits for it, which its types do not say. With `verify`, which comes later, a session that was
 * made for somebody who has stopped waiting would never come back to the pool.
 */
const beforeUse: { onConnect: (session: pg.ClientBase) => unknown } = { onConnect: keepSettings };

/**
 * A pool whose sessions hold the limits of every transaction. One that a pooler may hand on to others is left
 * as it is, and the limits go with each transaction (`beginTransaction`). A statement is sent before the one
 * in front of it is answered.
 */
export function createPool(settings: ConnectionSettings, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    ...settings.connection,
    max: settings.poolSize,
    types,
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    query_timeout: 15_000,
    application_name: 'leveret',
    ...beforeUse,
  });
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/** What was answered, for who subscribes in this process: tests that look at plans and at locks. */
export const statementChannel = 'leveret:statement';
export type SentStatement = { name: string; text: string; values: readonly unknown[] };
export type AnsweredStatement = SentStatement & {
  session: pg.ClientBase;
  rows: readonly object[];
  /** How many rows were written or read; nothing where the command has no such number. */
  rowCount: number | null;
};
const answered = channel(statementChannel);

/** The session that begins a transaction, or runs a statement by itself, for the same. */
export const beginChannel = 'leveret:begin';
const begun = channel(beginChannel);

/** Begins a transaction with all its limits. */
export async function begin(session: pg.ClientBase): Promise<void> {
  begun.publish(session);
  await session.query(keepsSettings(session) ? 'BEGIN' : beginTransaction);
}

/**
 * Runs a statement by itself in a session that holds the limits: it is a transaction of its own, which ends
 * with its answer.
 */
export function runInSession<Row extends object>(
  session: pg.ClientBase,
  statement: Statement,
  values: readonly unknown[],
  prepared: boolean,
): Promise<Row[]> {
  begun.publish(session);
  return runStatement(session, statement, values, prepared);
}

/** Runs a statement in the transaction that the session is in. */
export async function runStatement<Row extends object>(
  session: pg.ClientBase,
  statement: Statement,
  values: readonly unknown[],
  prepared: boolean,
): Promise<Row[]> {
  const written = values.map((value) => (Array.isArray(value) ? (writeArray(value) ?? value) : value));
  const { name, text } = statement;
  const query = prepared ? { name, text, values: written } : { text, values: written };
  const { rows, rowCount } = await session.query<Row>(query);
  if (answered.hasSubscribers) {
    answered.publish({ session, name, text, values, rows, rowCount } satisfies AnsweredStatement);
  }
  return rows;
}
