import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSeed } from '../builders/random.ts';
import { describeBreaches } from '../oracle/describe-outcome.ts';
import { runRound } from './providers/run-round.ts';

const orders = 500;

test('every provider fails for 30 % of the exchanges: nothing wrong, charged twice, unknown or untold', async (t) => {
  const seed = newSeed();
  t.diagnostic(`seed ${seed}: npm run hostile -- --orders ${orders} --seed ${seed}`);
  const { breaches, story } = await runRound({ orders, seed });
  assert.equal(breaches.length, 0, describeBreaches(breaches).join('\n'));
  assert.equal(story.purchases.length, orders);
});
