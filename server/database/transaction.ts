import pg from 'pg';
import { failpoint } from '../kit/failpoint.ts';
import type { By, Origin } from '../kit/origin.ts';
import { begin, runInSession, runStatement } from './connect.ts';
import { keepsSettings } from './keep-settings.ts';
import type { Queryable, Statement } from './statement.ts';

/**
 * Something that happened, written in the past or passive tense (`order completed`), with ids and facts only.
 */
export type DomainEvent = {
  readonly name: string;
  readonly publisherId: number;
  readonly orderId?: number;
  /** Kept free for who began it, which the transaction knows. */
  readonly by?: never;
};

/** A unit that is written whole or not at all. What is reported in it has its `now` steps run in it. */
export type Transaction = Queryable & {
  report<Event extends DomainEvent>(events: readonly Event[]): Promise<void>;
  /** Runs after a successful commit, for hints that may be lost (waking a worker). */
  afterCommit(hint: () => void): void;
  /** Where the work began; nothing where the server does it of itself, or for many calls at once. */
  readonly origin: Origin | undefined;
  /** Who began what an event tells; nothing where the server did it of itself. */
  byOf(event: { readonly orderId?: number }): By | undefined;
};

/** In a transaction of many calls, who began what happens to each order. */
export type ByOrder = ReadonlyMap<number, By>;

export type Database = Queryable & {
  /** The only way to a transaction. The name stands in logs and failpoints. */
  transaction<Result>(
    name: string,
    work: (transaction: Transaction) => Promise<Result>,
    byOrder?: ByOrder,
  ): Promise<Result>;
  /**
   * A transaction of one statement, without BEGIN and COMMIT around it where the session is ours. It is run
   * again like any other, and also where it may be written already: for what comes to the same if done twice.
   */
  readonly repeatable: Queryable;
  /** The same database for work that began there. */
  startedBy(origin: Origin): Database;
  close(): Promise<void>;
};

/** The answer to COMMIT was lost: the unit may or may not be written. Repeat it by its key, never blindly. */
export class CommitUnknown extends Error {
  override name = 'CommitUnknown';
}

/** What was read before it was locked is not so any more: nothing is written, and the work begins again. */
export class ChangedMeanwhile extends Error {
  override name = 'ChangedMeanwhile';
}

export type Reporter = (transaction: Transaction, events: readonly DomainEvent[]) => Promise<void>;

const retriedStates = new Set(['40001', '40P01', '57P01', '57P02', '57P03']);
const mostTries = 5;

type Options = { preparedStatements: boolean; report: Reporter; random: () => number };
type Started = Options & { origin?: Origin | undefined; byOrder?: ByOrder | undefined };

/** Wraps a pool. `report` is given by the composition root, which knows the journey; this file does not. */
export function createDatabase(pool: pg.Pool, options: Options & { origin?: Origin }): Database {
  const query: Database['query'] = (statement, values = []) => runAlone(pool, statement, values, options);
  return {
    query,
    repeatable: { query: (...asked) => runAgain(() => query(...asked), options) },
    transaction: (name, work, byOrder) =>
      runAgain(() => tryTransaction(pool, name, work, { ...options, byOrder }), options),
    startedBy: (origin) => createDatabase(pool, { ...options, origin }),
    close: () => pool.end(),
  };
}

/** One statement in a transaction of its own, so that it has the same limits, in one round trip. */
async function runAlone<Row extends object>(
  pool: pg.Pool,
  statement: Statement,
  values: readonly unknown[],
  options: Options,
): Promise<Row[]> {
  const client = await pool.connect();
  let isFit = true;
  try {
    const run = keepsSettings(client) ? runInSession<Row> : runBetween<Row>;
    return await run(client, statement, values, options.preparedStatements);
  } catch (error) {
    isFit = isOfStatement(error);
    throw error;
  } finally {
    client.release(!isFit);
  }
}

/** BEGIN with the limits, the statement and COMMIT are sent at once. Throws what went wrong first. */
async function runBetween<Row extends object>(
  client: pg.PoolClient,
  statement: Statement,
  values: readonly unknown[],
  prepared: boolean,
): Promise<Row[]> {
  const [begun, ran, ended] = await Promise.allSettled([
    begin(client),
    runStatement<Row>(client, statement, values, prepared),
    client.query('COMMIT'),
  ]);
  if (begun.status === 'rejected') throw begun.reason;
  if (ran.status === 'rejected') throw ran.reason;
  if (ended.status === 'rejected') throw ended.reason;
  return ran.value;
}

/**
 * Whether a failure is of the statement, and the session can be used again. It cannot where the connection is
 * lost or ended by the server (classes 08 and 57P), nor where a limit of the transaction ended it or the
 * server only reads (class 25).
 */
function isOfStatement(error: unknown): boolean {
  return error instanceof pg.DatabaseError && !/^(08|57P|25)/.test(sqlState(error) ?? '08');
}

async function runAgain<Result>(run: () => Promise<Result>, { random }: Options): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await run();
    } catch (error) {
      if (tries >= mostTries || !isRetried(error)) throw error;
      await pause(random() * 20 * 2 ** tries);
    }
  }
}

async function tryTransaction<Result>(
  pool: pg.Pool,
  name: string,
  work: (transaction: Transaction) => Promise<Result>,
  options: Started,
): Promise<Result> {
  const client = await pool.connect();
  const hints: (() => void)[] = [];
  let broken: Error | undefined;
  const opening = openTransaction(client, hints, options);
  try {
    const result = await work(opening.transaction);
    await opening.begun;
    failpoint(`before commit ${name}`);
    await commit(client);
    failpoint(`after commit ${name}`);
    for (const hint of hints) hint();
    return result;
  } catch (error) {
    // What waits for BEGIN is sent before ROLLBACK, so that nothing runs behind it.
    await opening.begun.catch(() => undefined);
    broken = await rollBack(client, error);
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Sends BEGIN. What reads first is sent behind it in the same round trip, and is harmless where BEGIN fails;
 * what writes waits until the transaction has begun.
 */
function openTransaction(
  client: pg.PoolClient,
  hints: (() => void)[],
  options: Started,
): { transaction: Transaction; begun: Promise<unknown> } {
  let [isOpen, waits] = [false, false];
  const begun = begin(client).then(() => (isOpen = true));
  // Whoever waits for it hears of it.
  begun.catch(() => undefined);
  const query = async <Row extends object>(statement: Statement, values: readonly unknown[] = []) => {
    const run = () => runStatement<Row>(client, statement, values, options.preparedStatements);
    if (isOpen && !waits) return run();
    waits ||= !isOpen && !isRead(statement);
    // Nothing overtakes what waits.
    if (waits) return begun.then(run);
    const [, rows] = await Promise.all([begun, run()]);
    return rows;
  };
  const transaction: Transaction = {
    query,
    report: (events) => options.report(transaction, events),
    afterCommit: (hint) => hints.push(hint),
    origin: options.origin,
    byOf: ({ orderId }) => (orderId !== undefined && options.byOrder?.get(orderId)) || options.origin?.by,
  };
  return { transaction, begun };
}

/** `WITH` may write; a plain SELECT locks at most, and what it locks alone is let go at once. */
function isRead({ text }: Statement): boolean {
  return text.startsWith('SELECT ');
}

async function commit(client: pg.PoolClient): Promise<void> {
  let result: pg.QueryResult;
  try {
    result = await client.query('COMMIT');
  } catch (error) {
    throw new CommitUnknown('the answer to COMMIT was lost', { cause: error });
  }
  if (result.command !== 'COMMIT') throw new Error(`the database answered ${result.command} to COMMIT`);
}

/** A server that was the primary before a fail-over only reads: a new connection may find the new one. */
function isReadOnly(error: unknown): boolean {
  return sqlState(error) === '25006';
}

/**
 * Answers the error that makes the connection unfit, or nothing when it rolled back and can be used again.
 */
async function rollBack(client: pg.PoolClient, error: unknown): Promise<Error | undefined> {
  if (error instanceof CommitUnknown) return error;
  if (error instanceof Error && isReadOnly(error)) return error;
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (rollbackError) {
    return rollbackError instanceof Error ? rollbackError : new Error('rollback failed');
  }
}

/** Lost connections and serialization failures before COMMIT was sent wrote nothing and may be run again. */
function isRetried(error: unknown): boolean {
  if (error instanceof CommitUnknown || !(error instanceof Error)) return false;
  if (error instanceof ChangedMeanwhile) return true;
  if (error instanceof pg.DatabaseError && isMovedPartition(error)) return true;
  const state = sqlState(error);
  if (state !== undefined) return retriedStates.has(state) || state.startsWith('08');
  return /Connection terminated|ECONNRESET|EPIPE|is not queryable/.test(error.message);
}

/**
 * A row that waited for the default partition while the one of its own time was made (`keep-partitions.ts`)
 * fits there next. Every other broken check has a name, or comes from a trigger and tells no table.
 */
function isMovedPartition({ code, table, constraint }: pg.DatabaseError): boolean {
  return code === '23514' && table !== undefined && constraint === undefined;
}

/** The five-character SQLSTATE of a database error. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

/**
 * A broken constraint (class 23) or a value that a type cannot hold (class 22) is one row's fault; the rest
 * of a batch can go on without it.
 */
export function isConstraintBreach(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error) ?? '');
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
