import { parseArgs } from 'node:util';
import { newSeed } from '../builders/random.ts';
import { describeBreaches, describeStory } from '../oracle/describe-outcome.ts';
import { killNodes, rules } from './kill-nodes.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '40' },
    seed: { type: 'string', default: String(newSeed()) },
    rate: { type: 'string', default: '50' },
  },
});
const seed = Number(values.seed);
console.log(`seed ${seed}`);

const startedAt = Date.now();
const outcome = await killNodes({
  kills: Number(values.kills),
  seed,
  ordersPerSecond: Number(values.rate),
  gapMilliseconds: [100, 3_000],
  onKill: (line) => console.log(line),
});
const lines = [
  ...describeStory(outcome.story),
  `${'every order looked after in'.padEnd(34)}${seconds(outcome.rest.attendedMilliseconds)}`,
  `${'at rest after the last kill in'.padEnd(34)}${seconds(outcome.rest.restMilliseconds)}`,
  `${'took'.padEnd(34)}${seconds(Date.now() - startedAt)}`,
  `${'rules'.padEnd(34)}${rules.length}`,
  `${'breaches'.padEnd(34)}${outcome.breaches.length}`,
  ...describeBreaches(outcome.breaches),
];
console.log(lines.join('\n'));
if (outcome.breaches.length > 0) console.log(`again with: --kills ${values.kills} --seed ${seed}`);
process.exitCode = outcome.breaches.length > 0 ? 1 : 0;

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
