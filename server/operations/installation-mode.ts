import type { Settings } from '../config/settings.ts';
import { sql } from '../database/statement.ts';
import type { Database, Transaction } from '../database/transaction.ts';
import { OperatorError } from '../kit/operator-error.ts';

export type Mode = Settings['mode'];

/** What a database says of itself; the last four tell where no node has marked it yet. */
export type InstallationFacts = {
  marked: Mode | undefined;
  hasDemoClient: boolean;
  hasMovedClock: boolean;
  /** An account of a payment method leads to this machine, where a sandbox listens. */
  paysToSandbox: boolean;
  hasOrders: boolean;
};

/**
 * What the database has been until now; nothing where it may become either. A mark decides. Databases from
 * before there were marks show it: a node in sandbox mode left a demo client, and one in live mode had
 * orders without one.
 */
export function modeOf(facts: InstallationFacts): Mode | undefined {
  if (facts.marked !== undefined) return facts.marked;
  if (facts.hasDemoClient || facts.hasMovedClock || facts.paysToSandbox) return 'sandbox';
  return facts.hasOrders ? 'live' : undefined;
}

const wasSandbox =
  'This database was a sandbox, with a demo client, a clock that anyone could move and play money, so it ' +
  'cannot go live. Start live on a new database, and carry publisher, clients and catalogue there with ' +
  '"leveret export setup" and "leveret import setup".';
const isLive =
  'This database is live, and a sandbox would give it a demo client whose secret everybody knows. Set ' +
  'LEVERET_MODE=live, or name another database by DATABASE_URL or LEVERET_DATA.';

/** Why the database may not be used in this mode, and what to do, in words for the operator. */
export function refusalOf(mode: Mode, facts: InstallationFacts): string | undefined {
  const until = modeOf(facts);
  if (until === undefined || until === mode) return undefined;
  return mode === 'live' ? wasSandbox : isLive;
}

/** A connection of any kind, also to a database that is older than this release. */
type Asked = { query(text: string): Promise<{ rows: object[] }> };

/**
 * Reads what the database says of itself, and changes nothing: it may not be migrated yet, or hold nothing.
 */
export async function readInstallationFacts(client: Asked): Promise<InstallationFacts> {
  const ask = async (table: string, question: string) => {
    const there = await firstRow(client, `SELECT to_regclass('${table}') IS NOT NULL AS answer`);
    return there === true ? firstRow(client, question) : undefined;
  };
  const exists = async (table: string, rest = '') =>
    (await ask(table, `SELECT EXISTS (SELECT FROM ${table} ${rest}) AS answer`)) === true;
  const marked = await ask('installation', 'SELECT mode AS answer FROM installation');
  return {
    marked: marked === 'sandbox' || marked === 'live' ? marked : undefined,
    hasDemoClient: await exists('clients', `WHERE client_id = 'no.leveret.demo'`),
    hasMovedClock: await exists('test_clock', 'WHERE offset_milliseconds <> 0'),
    paysToSandbox: await exists(
      'payment_method_settings',
      String.raw`WHERE settings::text ~ 'https?://(localhost|127\.\d+\.\d+\.\d+|\[::1\])[:/"]'`,
    ),
    hasOrders: await exists('orders'),
  };
}

async function firstRow(client: Asked, text: string): Promise<unknown> {
  const [row] = (await client.query(text)).rows;
  return row && 'answer' in row ? row.answer : undefined;
}

const mark = sql(
  'installation.mark',
  `INSERT INTO installation (mode, marked_at) VALUES ($1, statement_timestamp())
   ON CONFLICT (only_row) DO NOTHING`,
);
const findMark = sql('installation.find', 'SELECT mode FROM installation');

/**
 * Marks the database for good as what this node runs in. Throws `OperatorError` where a node in the other
 * mode was first: of two that start at once, one may go on.
 */
export async function markInstallation(database: Database, mode: Mode): Promise<void> {
  const marked = await database.transaction('mark installation', async (transaction: Transaction) => {
    await transaction.query(mark, [mode]);
    return (await transaction.query<{ mode: Mode }>(findMark))[0]?.mode;
  });
  const nothingElse = { hasDemoClient: false, hasMovedClock: false, paysToSandbox: false, hasOrders: false };
  const refusal = refusalOf(mode, { marked, ...nothingElse });
  if (refusal !== undefined) throw new OperatorError(refusal);
}
