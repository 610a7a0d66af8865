import { checkPlan } from '../benchmarks/access-checks.ts';
import { orderPlan } from '../benchmarks/orders.ts';
import type { LoadPlan } from '../load/main.ts';
import type { Options } from '../read-options.ts';
import { describeCpu, readCpuSeconds } from '../stage/process-figures.ts';
import type { Stage } from '../stage/start-stage.ts';
import { recordProfile } from './record-profile.ts';
import { summariseProfile } from './summarise-profile.ts';

/** Says where the node's time goes under each load that was asked for, and PostgreSQL's share beside it. */
export async function profileLoads(stage: Stage, options: Options): Promise<string[]> {
  const { seconds, names, holders } = options;
  const lines: string[] = [];
  if (names.includes('orders')) {
    lines.push('Profile of the node under orders');
    lines.push(...(await profileLoad(stage, orderPlan(stage, { connections: 64, seconds }))));
  }
  if (names.includes('access')) {
    lines.push('Profile of the node under access checks');
    lines.push(...(await profileLoad(stage, checkPlan(stage, holders, seconds))));
  }
  return lines;
}

async function profileLoad(stage: Stage, plan: LoadPlan): Promise<string[]> {
  const { debuggerUrl } = stage.node;
  if (debuggerUrl === undefined) throw new Error('the node was started without its debugger');
  const before = readCpuSeconds(stage.watched);
  let done = 0;
  const profile = await recordProfile(debuggerUrl, async () => {
    done = (await stage.load.ask(plan)).done;
  });
  return [describeCpu(before, readCpuSeconds(stage.watched), done), ...summariseProfile(profile, done), ''];
}
