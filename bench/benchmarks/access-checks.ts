import type { Finding } from '../findings.ts';
import type { CheckPlan } from '../load/check-access.ts';
import type { Options } from '../read-options.ts';
import { describeCpu, readCpuSeconds } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';
import { describeSpread } from './orders.ts';

/** Access checks over HTTP, each read from the database. */
export async function measureAccess(stage: Stage, options: Options): Promise<Finding[]> {
  const { holders } = options;
  await stage.sql.ask({ kind: 'holders', count: holders });
  await stage.database.query('ANALYZE');
  const plan = checkPlan(stage, holders, options.seconds);
  await stage.load.ask({ ...plan, seconds: options.isQuick ? 1 : 3 });
  const before = readCpuSeconds(stage.watched);
  const result = await stage.load.ask(plan);
  const cpu = describeCpu(before, readCpuSeconds(stage.watched), result.done);
  return [
    {
      figure: 'access checks, 64 connections',
      value: result.done / result.seconds,
      unit: 'checks/s',
      goal: { atLeast: 15_000 },
      note: `${holders} readers; ${cpu}`,
    },
    describeSpread('a check at 64 connections, p50', result.requestMilliseconds),
  ];
}

export function checkPlan(stage: Stage, holders: number, seconds: number): CheckPlan {
  return { kind: 'checks', port: stage.node.port, token: stage.token, connections: 64, seconds, holders };
}
