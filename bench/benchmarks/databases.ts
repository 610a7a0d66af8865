import { findPostgresFolder, findProgram, requireFound } from '@leveret/tests/stock/find-programs.js';
import { startPooler } from '@leveret/tests/stock/start-pooler.js';
import { makePostgres } from '@leveret/tests/stock/start-postgres.js';
import { type Finding, round } from '../findings.ts';
import type { LoadResult } from '../load/tally.ts';
import type { Options } from '../read-options.ts';
import { type Stage, startStage } from '../stage/start-stage.ts';
import { checkPlan } from './access-checks.ts';
import { orderPlan } from './orders.ts';

/** A node on one kind of database, and what it did in each round. */
type Way = { name: string; stage: Stage; orders: number[]; checks: number[]; goal?: { atLeast: number } };

const packages = 'postgresql-15 pgbouncer';

/**
 * Orders and access checks on a PostgreSQL with its own settings, directly and through a pooler, as shares of
 * what the embedded one does in the same round: they take turns of a few seconds.
 */
export async function measureDatabases(stage: Stage, options: Options): Promise<Finding[]> {
  const stops: (() => Promise<unknown>)[] = [];
  try {
    const ways = await openWays(stage, options, stops);
    for (const way of ways) await prepare(way, options);
    for (let time = 0; time < options.pairs; time += 1) for (const way of ways) await takeTurn(way, options);
    const [embedded, ...others] = ways;
    return embedded === undefined ? [] : others.flatMap((way) => compare(way, embedded));
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function openWays(stage: Stage, options: Options, stops: (() => Promise<unknown>)[]): Promise<Way[]> {
  const bouncer = requireFound(findProgram('pgbouncer'), packages);
  const server = await makePostgres(requireFound(findPostgresFolder(), packages));
  stops.push(() => server.stop());
  const pooler = await startPooler(bouncer, server.port);
  stops.push(() => pooler.stop());
  const open = async (database: string, port: number, variables: Record<string, string>) => {
    await server.run(`CREATE DATABASE ${database} OWNER leveret`);
    const url = `postgresql://leveret@127.0.0.1:${port}/${database}`;
    const opened = await startStage({ ...options, names: [], database: { url, variables } });
    stops.push(() => opened.stop());
    return opened;
  };
  const direct = await open('direct', server.port, {});
  const pooled = await open('pooled', pooler.port, { DATABASE_PREPARED: 'off' });
  return [
    { name: 'embedded', stage, orders: [], checks: [] },
    { name: 'stock PostgreSQL', stage: direct, orders: [], checks: [], goal: { atLeast: 0.7 } },
    { name: 'stock PostgreSQL behind PgBouncer', stage: pooled, orders: [], checks: [] },
  ];
}

async function prepare({ stage }: Way, { holders }: Options): Promise<void> {
  await stage.sql.ask({ kind: 'holders', count: holders });
  await stage.database.query('ANALYZE');
  await stage.load.ask(orderPlan(stage, { connections: 64, seconds: 1 }));
  await stage.load.ask(checkPlan(stage, holders, 1));
}

async function takeTurn(way: Way, { pairSeconds: seconds, holders }: Options): Promise<void> {
  const { stage } = way;
  const perSecond = (result: LoadResult) => result.done / result.seconds;
  way.orders.push(perSecond(await stage.load.ask(orderPlan(stage, { connections: 64, seconds }))));
  way.checks.push(perSecond(await stage.load.ask(checkPlan(stage, holders, seconds))));
}

function compare(way: Way, embedded: Way): Finding[] {
  return (['orders', 'checks'] as const).map((what) => ({
    figure: `${what}: ${way.name}`,
    value: median(way[what].map((rate, time) => rate / (embedded[what][time] ?? Number.NaN))),
    unit: 'of embedded',
    ...(way.goal && { goal: way.goal }),
    note: `${round(median(way[what]))}/s beside ${round(median(embedded[what]))}/s`,
  }));
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}
