import { parseArgs } from 'node:util';
import { describeBreaches } from '../oracle/describe-outcome.ts';
import { type Death, dieAt, listPassed } from './die-at-failpoint.ts';
import { mixed, type Scenario, ways } from './scenarios.ts';

const { values } = parseArgs({
  options: {
    parallel: { type: 'string', default: '3' },
    /** Only failpoints or scenarios with this in their name. */
    only: { type: 'string', default: '' },
    /** The first of the list that is tried, to go on after a run that was cut off. */
    from: { type: 'string', default: '1' },
  },
});

type Plan = { scenario: Scenario; failpoint: string; pass: number };

/** Which passes of the mixed orders are tried; those that come so often. */
const triedPasses = [1, 2, 5, 13];

const startedAt = Date.now();
const deaths = await dieEverywhere(await planDeaths());
const broken = deaths.filter((death) => death.breaches.length > 0);
for (const death of broken) {
  console.log(`${describe(death)}\n${describeBreaches(death.breaches).join('\n')}`);
}
const rows: [string, number][] = [
  ['failpoints', new Set(deaths.map((death) => death.failpoint)).size],
  ['runs', deaths.length],
  ['processes killed', deaths.filter((death) => death.died).length],
  ['not passed so often', deaths.filter((death) => !death.died).length],
  ['wrong', broken.length],
  ['seconds', Math.round((Date.now() - startedAt) / 1000)],
];
console.log(rows.map(([label, value]) => `${label.padEnd(24)}${value}`).join('\n'));
process.exitCode = broken.length > 0 ? 1 : 0;

/**
 * The run finds its own list: what each way to pay passes beyond a node's start, and all that the mixed
 * orders pass.
 */
async function planDeaths(): Promise<Plan[]> {
  const idle = await listPassed({ name: 'idle', kinds: [] });
  const plans: Plan[] = [];
  for (const scenario of ways) {
    const names = [...(await listPassed(scenario)).keys()].filter((name) => !idle.has(name));
    plans.push(...names.map((failpoint) => ({ scenario, failpoint, pass: 1 })));
  }
  for (const [failpoint, times] of await listPassed(mixed)) {
    const passes = triedPasses.filter((pass) => pass <= times);
    plans.push(...passes.map((pass) => ({ scenario: mixed, failpoint, pass })));
  }
  const wanted = plans.filter(({ scenario, failpoint }) =>
    `${scenario.name}: ${failpoint}`.includes(values.only),
  );
  console.log(`${new Set(plans.map((plan) => plan.failpoint)).size} failpoints, ${wanted.length} runs`);
  return wanted.slice(Number(values.from) - 1);
}

async function dieEverywhere(plans: readonly Plan[]): Promise<Death[]> {
  const done: Death[] = [];
  const left = plans.toReversed();
  const work = async () => {
    for (let plan = left.pop(); plan; plan = left.pop()) {
      const death = await dieAt(plan.scenario, plan.failpoint, plan.pass);
      done.push(death);
      console.log(`${done.length}/${plans.length} ${describe(death)}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.parallel) }, work));
  return done;
}

function describe({ scenario, failpoint, pass, died, breaches }: Death): string {
  const verdict = breaches.length > 0 ? 'WRONG' : died ? 'right' : 'not passed';
  return `${verdict.padEnd(10)} ${scenario}: ${failpoint}:${pass}`;
}
