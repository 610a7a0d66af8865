import { measureAccess } from './benchmarks/access-checks.ts';
import { measureDatabases } from './benchmarks/databases.ts';
import { reportGrowth } from './benchmarks/growth.ts';
import { measureMemory } from './benchmarks/memory.ts';
import { measureNeighbours } from './benchmarks/neighbours.ts';
import { measureOrders } from './benchmarks/orders.ts';
import { measurePeople } from './benchmarks/people.ts';
import { measurePoisonedMix } from './benchmarks/poisoned-mix.ts';
import { measureRedirect } from './benchmarks/redirect.ts';
import { compareWithBound, measureYardsticks } from './benchmarks/yardsticks.ts';
import { describeFinding, type Finding, writeJson } from './findings.ts';
import { profileLoads } from './profile/profile-loads.ts';
import { type BenchmarkName, type Options, readOptions } from './read-options.ts';
import { type Stage, startStage } from './stage/start-stage.ts';

const benchmarks: Record<BenchmarkName, (stage: Stage, options: Options) => Promise<Finding[]>> = {
  orders: measureOrders,
  yardsticks: measureYardsticks,
  access: measureAccess,
  poisoned: measurePoisonedMix,
  redirect: measureRedirect,
  neighbours: measureNeighbours,
  databases: measureDatabases,
  people: measurePeople,
};

const options = readOptions(process.argv.slice(2));
if (options.oldOrders !== undefined) {
  await reportGrowth(options.oldOrders, options);
  process.exit();
}
const stage = await startStage(options);
process.once('SIGINT', () => void stage.stop().finally(() => process.exit(130)));

try {
  const findings: Finding[] = [];
  for (const name of options.names) show(findings, await benchmarks[name](stage, options));
  show(findings, compareWithBound(findings));
  show(findings, measureMemory(stage));
  if (options.isProfiled) console.log(`\n${(await profileLoads(stage, options)).join('\n')}`);
  if (options.jsonFile !== undefined) writeJson(options.jsonFile, findings, options);
} finally {
  await stage.stop();
}

function show(findings: Finding[], found: readonly Finding[]): void {
  findings.push(...found);
  for (const finding of found) console.log(describeFinding(finding));
}
