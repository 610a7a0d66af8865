import { parseArgs } from 'node:util';
import { newSeed, randomFrom } from '../builders/random.ts';
import { describeBreaches } from '../oracle/describe-outcome.ts';
import { type RoundOutcome, runRound } from './providers/run-round.ts';
import { addUp, describeSum } from './providers/sum-up.ts';

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(newSeed()) },
  },
});

/** Each round has a fixture of its own, so that a round that fails is run again alone. */
const ordersInRound = 1000;

const seed = Number(values.seed);
const random = randomFrom(seed);
console.log(`seed ${seed}`);

const outcomes: RoundOutcome[] = [];
for (let left = Number(values.orders); left > 0; left -= ordersInRound) {
  const plan = {
    orders: Math.min(left, ordersInRound),
    seed: outcomes.length === 0 ? seed : random.between(1, 2 ** 31 - 1),
  };
  const onStage = (line: string) => console.log(`round ${outcomes.length + 1}: ${line}`);
  const outcome = await runRound({ ...plan, onStage });
  outcomes.push(outcome);
  const { breaches, seconds } = outcome;
  console.log(`round ${outcomes.length}: ${breaches.length} breaches, ${Math.round(seconds)} s`);
  if (breaches.length === 0) continue;
  console.log(describeBreaches(breaches).join('\n'));
  console.log(`again with: npm run hostile -- --orders ${plan.orders} --seed ${plan.seed}`);
}
console.log(describeSum(addUp(outcomes)).join('\n'));
process.exitCode = outcomes.some((outcome) => outcome.breaches.length > 0) ? 1 : 0;
