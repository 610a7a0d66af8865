import type { Finding } from '../findings.ts';
import type { Options } from '../read-options.ts';
import type { SqlTask } from '../sql/main.ts';
import { startChild } from '../stage/start-child.ts';
import type { Stage } from '../stage/start-stage.ts';
import { orderPlan } from './orders.ts';

/** What the same machine can do at most in the same minutes, part by part. */
export async function measureYardsticks(stage: Stage, options: Options): Promise<Finding[]> {
  const { callbackUrl } = stage;
  const seconds = options.seconds / 2;
  const posts = await measureBarePosts(stage, seconds);
  const sql = async (task: SqlTask) => {
    const result = await stage.sql.ask(task);
    return result.orders / result.seconds;
  };
  await sql({ kind: 'batches', size: 64, seconds: 0.5, callbackUrl });
  const batched = await sql({ kind: 'batches', size: 64, seconds, callbackUrl });
  const single = await sql({ kind: 'batches', size: 1, seconds, callbackUrl });
  const plain = await sql({ kind: 'plain', connections: 16, seconds });
  return [
    { figure: 'bare node:http, 64 connections', value: posts, unit: 'POSTs/s' },
    { figure: 'the SQL alone, batches of 64', value: batched, unit: 'orders/s' },
    { figure: 'the SQL alone, batches of 1', value: single, unit: 'orders/s' },
    { figure: 'plain transactions, 16 connections', value: plain, unit: 'orders/s' },
    {
      figure: 'bound of HTTP and SQL together',
      value: 1 / (2 / posts + 1 / batched),
      unit: 'orders/s',
      note: '1 / (2 / POSTs + 1 / SQL in batches of 64)',
    },
  ];
}

/** How near the whole comes to its bound, where both were measured in this run. */
export function compareWithBound(findings: readonly Finding[]): Finding[] {
  const valueOf = (figure: string) => findings.find((finding) => finding.figure === figure)?.value;
  const orders = valueOf('orders, 64 connections');
  const bound = valueOf('bound of HTTP and SQL together');
  if (orders === undefined || bound === undefined) return [];
  return [
    {
      figure: 'orders as a share of the bound',
      value: (100 * orders) / bound,
      unit: '%',
      goal: { atLeast: 50 },
    },
  ];
}

async function measureBarePosts(stage: Stage, seconds: number): Promise<number> {
  const server = await startChild<undefined, undefined, number>('bare-server');
  try {
    const plan = orderPlan(stage, { connections: 64, seconds, port: server.greeting });
    await stage.load.ask({ ...plan, seconds: 0.5 });
    const result = await stage.load.ask(plan);
    return result.requests / result.seconds;
  } finally {
    await server.stop();
  }
}
