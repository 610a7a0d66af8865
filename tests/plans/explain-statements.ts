import { beginTransaction } from '@leveret/server/database/begin-transaction.js';
import type { SentStatement } from '@leveret/server/database/connect.js';
import type { Client } from 'pg';
import type { Compiling, PlanNode } from './judge-plan.ts';

export type Explained = {
  name: string;
  values: 'as sent' | 'in a batch' | 'for any values';
  plan: PlanNode;
};

/** What has a plan; other commands (`SET`, `LOCK`) have none. */
const planned = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|MERGE|WITH)\b/i;
const largestBatch = 256;

/**
 * The plans that a server with PostgreSQL's own settings makes of statements in transactions of ours: with
 * the values that were sent, with many at once, and for any values, as a prepared statement keeps it.
 */
export async function explainStatements(
  client: Client,
  statements: readonly SentStatement[],
): Promise<{ plans: Explained[]; compiling: Compiling }> {
  await takeDefaults(client);
  const plans: Explained[] = [];
  for (const { name, text, values } of statements.filter((one) => planned.test(one.text))) {
    await client.query(beginTransaction);
    plans.push(
      { name, values: 'as sent', plan: await explain(client, text, values) },
      { name, values: 'in a batch', plan: await explain(client, text, values.map(repeat)) },
      { name, values: 'for any values', plan: await explainForAny(client, text, values.length) },
    );
    await client.query('ROLLBACK; DEALLOCATE ALL');
  }
  return { plans, compiling: await readCompiling(client) };
}

/** Whatever this server was started with, the planner is set as a new installation of PostgreSQL has it. */
async function takeDefaults(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; value: string }>(
    `SELECT name, boot_val AS value FROM pg_settings
     WHERE category LIKE 'Query Tuning%' AND context = 'user' AND setting IS DISTINCT FROM boot_val`,
  );
  for (const { name, value } of rows) await client.query('SELECT set_config($1, $2, false)', [name, value]);
}

async function readCompiling(client: Client): Promise<Compiling> {
  await client.query(beginTransaction);
  const { rows } = await client.query<Compiling>(
    `SELECT current_setting('jit')::boolean AS "isOn",
       current_setting('jit_above_cost')::float8 AS "aboveCost"`,
  );
  await client.query('ROLLBACK');
  const [row] = rows;
  if (row === undefined) throw new Error('the database answered nothing');
  return row;
}

/** The same rows again and again, as when many callers come at once. */
function repeat(value: unknown): unknown {
  if (!Array.isArray(value) || value.length === 0) return value;
  return Array.from({ length: largestBatch }, (_, index) => value[index % value.length] as unknown);
}

async function explainForAny(client: Client, text: string, parameters: number): Promise<PlanNode> {
  await client.query(`SET LOCAL plan_cache_mode = force_generic_plan; PREPARE explained AS ${text}`);
  const nothing = Array.from({ length: parameters }, () => 'NULL').join(', ');
  return explain(client, `EXECUTE explained${nothing && `(${nothing})`}`, []);
}

async function explain(client: Client, text: string, values: readonly unknown[]): Promise<PlanNode> {
  const { rows } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
    `EXPLAIN (FORMAT JSON) ${text}`,
    [...values],
  );
  const [row] = rows;
  if (row === undefined) throw new Error('the database explained nothing');
  return row['QUERY PLAN'][0].Plan;
}
