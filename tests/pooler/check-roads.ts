import { createPool } from '@leveret/server/database/connect.js';
import { sql } from '@leveret/server/database/statement.js';
import { createDatabase } from '@leveret/server/database/transaction.js';
import pg from 'pg';
import { type PoolerSettings, startPooler } from '../stock/start-pooler.ts';
import type { StockPostgres } from '../stock/start-postgres.ts';

const name = 'roads';
/** What the database says for every session of it, against what holds in transactions of ours. */
const defaults = { statement_timeout: '1h', lock_timeout: '0', jit: 'on', random_page_cost: '7' };
const wanted = { statement_timeout: '5s', lock_timeout: '2s', jit: 'off', random_page_cost: '1.1' };

const readOwn = `SELECT ${Object.keys(defaults)
  .map((one) => `current_setting('${one}') AS ${one}`)
  .join(', ')}`;
const read = sql('roads.read', readOwn);

/** More at once than a pooler has sessions, so that every one of them is used by several callers. */
const atOnce = 24;
const sessions = 10;

type Road = { road: string; pooler?: PoolerSettings; query?: string; isKept?: true };

const ignored = Object.keys(wanted).concat('options', 'idle_in_transaction_session_timeout').join(',');
const roads: readonly Road[] = [
  { road: 'directly', isKept: true },
  { road: 'directly, with an address that says otherwise', query: '?options=-c%20jit%3Don', isKept: true },
  { road: 'PgBouncer, which refuses settings at the start', pooler: {} },
  {
    road: 'PgBouncer, which ignores settings at the start',
    pooler: { ignore_startup_parameters: ignored },
    query: '?options=-c%20statement_timeout%3D5s',
  },
  { road: 'PgBouncer by the session', pooler: { pool_mode: 'session', default_pool_size: 40 } },
];

/**
 * Looks on every road whether the limits hold in each transaction and for each statement by itself, and that
 * no session is left with them which others may have next. Answers what is wrong.
 */
export async function checkRoads(server: StockPostgres, bouncer: string): Promise<string[]> {
  await server.run(`CREATE DATABASE ${name} OWNER leveret`);
  for (const [setting, value] of Object.entries(defaults))
    await server.run(`ALTER DATABASE ${name} SET ${setting} = '${value}'`);
  const faults: string[] = [];
  for (const one of roads) {
    const pooler = one.pooler && (await startPooler(bouncer, server.port, one.pooler));
    const url = `postgresql://leveret@127.0.0.1:${pooler?.port ?? server.port}/${name}${one.query ?? ''}`;
    try {
      faults.push(...(await checkRoad(url, one)).map((fault) => `${one.road}: ${fault}`));
    } finally {
      await pooler?.stop();
    }
  }
  return faults;
}

async function checkRoad(connectionString: string, { isKept }: Road): Promise<string[]> {
  const connection = { connectionString };
  const pool = createPool({ connection, poolSize: atOnce, preparedStatements: false }, () => undefined);
  const options = { preparedStatements: false, report: async () => {}, random: Math.random };
  const database = createDatabase(pool, options);
  const within = () =>
    database.transaction('read', async (transaction) => [
      ...(await transaction.query(read)),
      ...(await transaction.query(read)),
    ]);
  const times = Array.from({ length: atOnce });
  try {
    const alone = await Promise.all(times.map(() => database.query(read)));
    const inTransactions = await Promise.all(times.map(within));
    const left = isKept ? [(await pool.query(readOwn)).rows[0]] : await readFreshSessions(connectionString);
    return [
      ...differing('a statement by itself', alone.flat(), wanted),
      ...differing('a transaction', inTransactions.flat(), wanted),
      ...differing('a session afterwards', left, isKept ? wanted : defaults),
    ];
  } finally {
    await database.close();
  }
}

function differing(what: string, found: readonly unknown[], expected: object): string[] {
  const right = JSON.stringify(expected);
  const wrong = found.map((one) => JSON.stringify(one)).filter((one) => one !== right);
  return wrong.length === 0 ? [] : [`${what} has ${wrong[0]}, ${wrong.length} of ${found.length} times`];
}

/** What another program finds in the sessions of a pooler: it holds all of them at once. */
async function readFreshSessions(connectionString: string): Promise<unknown[]> {
  const [address] = connectionString.split('?');
  const clients = Array.from({ length: sessions }, () => new pg.Client({ connectionString: address }));
  try {
    return await Promise.all(
      clients.map(async (client) => {
        await client.connect();
        await client.query('BEGIN');
        return (await client.query(readOwn)).rows[0] as unknown;
      }),
    );
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
}
