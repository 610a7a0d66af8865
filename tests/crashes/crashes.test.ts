import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSeed } from '../builders/random.ts';
import { describeBreaches, describeStory } from '../oracle/describe-outcome.ts';
import { killNodes } from './kill-nodes.ts';

test('one of two nodes is killed four times under load: nothing lost, charged twice or not called back', async (t) => {
  const seed = newSeed();
  t.diagnostic(`seed ${seed}: node tests/build/crashes/run.js --kills 4 --rate 8 --seed ${seed}`);
  const plan = { kills: 4, seed, ordersPerSecond: 8, gapMilliseconds: [100, 1_500] as const };
  const { story, breaches } = await killNodes(plan);
  assert.equal(breaches.length, 0, [...describeBreaches(breaches), ...describeStory(story)].join('\n'));
});
