import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSeed } from '../builders/random.ts';
import { describeBreaches } from '../oracle/describe-outcome.ts';
import { runRound } from './providers/run-round.ts';

const rounds = 3;
const orders = 1000;

for (let round = 1; round <= rounds; round += 1) {
  test(`30 % of the exchanges fail: none is wrong, paid twice, unknown or not called back (round ${round})`, async (t) => {
    const seed = newSeed();
    t.diagnostic(`seed ${seed}: npm run hostile -- --orders ${orders} --seed ${seed}`);
    const { breaches, story } = await runRound({ orders, seed });
    assert.equal(breaches.length, 0, describeBreaches(breaches).join('\n'));
    assert.equal(story.purchases.length, orders);
  });
}
