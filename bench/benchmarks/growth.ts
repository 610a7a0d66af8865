import { writeFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '@leveret/sandbox/start-sandbox.js';
import { keepPartitions } from '@leveret/server/database/keep-partitions.js';
import { openTestNode, type TestNode } from '@leveret/server/testing/node.js';
import pg from 'pg';
import { round } from '../findings.ts';
import { makePastPartitions, moveSequences, multiplyOrders } from '../growth/multiply-orders.ts';
import type { Prunable, Stage } from '../growth/question.ts';
import { seedOrders } from '../growth/seed-orders.ts';
import { listTasks, type Task } from '../growth/tasks.ts';
import { findWholeReads, watchStatements } from '../growth/watch-statements.ts';
import type { Options } from '../read-options.ts';

type GrowthFinding = {
  task: string;
  outcome: string;
  emptyMilliseconds: number;
  fullMilliseconds: number;
  ratio: number;
  /** Large tables that a plan reads from end to end. */
  readWhole: string[];
  isQuick: boolean;
  isMet: boolean;
};

const overDays = 3 * 365;
const openCopies = 40;
const rounds = 20;
/** Others use this machine too: what misses by its time is timed again. */
const mostTries = 3;
const mostMilliseconds = 100;
const mostRatio = 3;
/** Shorter times say more of the machine than of the database, and count as this much. */
const floorMilliseconds = 5;
const largeRows = 20_000;

/** Prints a line for each thing that was timed, and what missed; ends with 1 where anything did. */
export async function reportGrowth(
  oldOrders: number,
  { jsonFile }: Pick<Options, 'jsonFile'>,
): Promise<void> {
  const findings = await measureGrowth(oldOrders);
  const missed = findings.filter(({ isMet }) => !isMet);
  console.log(`\n${findings.length} timed, ${missed.length} missed`);
  if (jsonFile !== undefined)
    writeFileSync(jsonFile, `${JSON.stringify({ oldOrders, findings }, null, 2)}\n`);
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/**
 * Times everything that clients, the clock and operators can ask for, of a database with this many old orders
 * and of one with a dozen, in turn. Nothing may take more than 100 ms (p95), or three times as long as in
 * the small one, and no plan may read a large table whole.
 */
async function measureGrowth(oldOrders: number): Promise<GrowthFinding[]> {
  const watch = watchStatements();
  // Its time stands still: it tells nobody anything.
  const sandbox = await startSandbox({ port: 0, smtpPort: 0, realTime: false });
  const [empty, full] = [await openStage(sandbox), await openStage(sandbox)];
  const clientOf = ({ node }: Stage) => new pg.Client({ connectionString: node.databaseUrl });
  const [small, client] = [clientOf(empty), clientOf(full)];
  try {
    await Promise.all([small.connect(), client.connect()]);
    empty.addPrunable = prunableBatches(small, empty.seeds);
    await fill(client, full, oldOrders);
    const large = await findLargeTables(full.node);
    const findings: GrowthFinding[] = [];
    for (const task of listTasks()) {
      const { sent, outcome } = await askOnce(watch, task, full, client.database ?? '');
      const readWhole = new Set<string>();
      for (const one of sent)
        for (const table of await findWholeReads(client, one, large)) readWhole.add(table);
      const measure = async () =>
        judge(task.name, outcome, await timeInTurn(task, empty, full), [...readWhole]);
      let finding = await measure();
      for (let again = 1; again < mostTries && !finding.isQuick; again += 1) finding = await measure();
      findings.push(finding);
      console.log(describeGrowth(finding));
    }
    return findings;
  } finally {
    await Promise.all([small.end(), client.end()]);
    await Promise.all([empty.node.close(), full.node.close(), sandbox.close()]);
  }
}

async function openStage(sandbox: Sandbox): Promise<Stage> {
  const node = await openTestNode();
  await keepPartitions(node.context);
  return { node, seeds: await seedOrders({ node, sandbox }) };
}

/** A prune deletes 200 rows of a large database in each run; to be compared, the small one needs as many. */
function prunableBatches(client: pg.Client, { ended, stopped, payments }: Stage['seeds']) {
  let next = 1;
  const kinds: Record<Prunable, { orders: readonly number[]; payments: readonly number[] }> = {
    'of ended orders': { orders: ended, payments: [] },
    'stopped orders': { orders: stopped, payments: [] },
    'payments on pages': { orders: [], payments },
  };
  return async (kind: Prunable) => {
    const { orders, payments } = kinds[kind];
    // Not every order has a row of each kind.
    const count = Math.ceil(300 / (orders.length + payments.length));
    await multiplyOrders(client, { orders, payments, count, overDays: 1, endedDaysAgo: overDays }, next);
    next += count;
  };
}

async function fill(client: pg.Client, { node, seeds }: Stage, oldOrders: number): Promise<void> {
  const startedAt = performance.now();
  // What is filled is thrown away after the run.
  await client.query('SET synchronous_commit = off');
  const count = Math.ceil(oldOrders / seeds.ended.length);
  await makePastPartitions(client, overDays + 31);
  await multiplyOrders(client, { orders: seeds.ended, payments: seeds.payments, count, overDays }, 1);
  await multiplyOrders(client, { orders: seeds.open, count: openCopies, overDays: 3 }, count + 1);
  await moveSequences(client, count + openCopies);
  // Drops what is not kept for so long.
  await keepPartitions(node.context);
  await client.query('VACUUM ANALYZE');
  const { rows } = await client.query<{ gigabytes: number; orders: number }>(
    `SELECT pg_database_size(current_database())::float8 / 1e9 AS gigabytes, count(*)::float8 AS orders
     FROM orders`,
  );
  const seconds = round((performance.now() - startedAt) / 1000);
  console.log(
    `${round(rows[0]?.orders ?? 0)} orders, ${round(rows[0]?.gigabytes ?? 0)} GB, filled in ${seconds} s\n`,
  );
}

/** Partitions too, under their own names, as plans name them. */
async function findLargeTables(node: TestNode): Promise<Set<string>> {
  const rows = await node.rows<{ name: string }>(
    `SELECT coalesce(inhparent, oid)::regclass::text AS parent, relname AS name FROM pg_class
     LEFT JOIN pg_inherits ON inhrelid = oid
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND coalesce(inhparent, oid) IN (
         SELECT coalesce(inhparent, oid) FROM pg_class LEFT JOIN pg_inherits ON inhrelid = oid
         WHERE relkind = 'r' GROUP BY 1 HAVING sum(reltuples) > ${largeRows}) AND reltuples > 1000`,
  );
  return new Set(rows.map(({ name }) => name));
}

async function timeInTurn(
  task: Task,
  empty: Stage,
  full: Stage,
): Promise<{ empty: number[]; full: number[] }> {
  const times = { empty: [] as number[], full: [] as number[] };
  for (let done = 0; done < rounds; done += 1) {
    times.empty.push(await timeOnce(task, empty));
    times.full.push(await timeOnce(task, full));
  }
  return times;
}

async function timeOnce(task: Task, stage: Stage): Promise<number> {
  const ask = await task.prepare(stage);
  const startedAt = performance.now();
  await ask();
  return performance.now() - startedAt;
}

async function askOnce(
  watch: ReturnType<typeof watchStatements>,
  task: Task,
  stage: Stage,
  database: string,
) {
  const ask = await task.prepare(stage);
  const { result, sent } = await watch.during(database, ask);
  return { outcome: result, sent };
}

function judge(
  task: string,
  outcome: string,
  times: { empty: number[]; full: number[] },
  readWhole: string[],
): GrowthFinding {
  const [emptyMilliseconds, fullMilliseconds] = [p95(times.empty), p95(times.full)];
  const ratio =
    Math.max(fullMilliseconds, floorMilliseconds) / Math.max(emptyMilliseconds, floorMilliseconds);
  // What takes as long on an empty database is held to the ratio alone.
  const isShort = fullMilliseconds <= mostMilliseconds || emptyMilliseconds > mostMilliseconds;
  const isQuick = isShort && ratio <= mostRatio;
  const isMet = isQuick && readWhole.length === 0 && !/^5|^429/.test(outcome);
  return { task, outcome, emptyMilliseconds, fullMilliseconds, ratio, readWhole, isQuick, isMet };
}

function p95(times: number[]): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

/** What was asked, how it ended, p95 of the small and of the large database in ms, and their ratio. */
function describeGrowth(finding: GrowthFinding): string {
  const { task, outcome, emptyMilliseconds, fullMilliseconds, ratio, readWhole, isMet } = finding;
  const asked = `${task.slice(0, 66).padEnd(66)} ${outcome.slice(0, 10).padEnd(10)}`;
  const figures = [emptyMilliseconds, fullMilliseconds, ratio].map((figure) => round(figure).padStart(8));
  const whole = readWhole.length === 0 ? '' : `  reads all of ${readWhole.join(', ')}`;
  return `${asked} ${figures.join(' ')} ${isMet ? '' : 'MISS'}${whole}`;
}
