import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSeed, randomFrom } from '../builders/random.ts';
import { describeBreaches } from '../oracle/describe-outcome.ts';
import { dieAt, listPassed } from './die-at-failpoint.ts';
import { sample } from './scenarios.ts';

/** Around the calls that may never count twice, and one that the seed chooses; the command tries all. */
const always = ['before charge', 'after charge', 'after start'];
const chosenCount = 1;

test('a node dies at a failpoint, another takes over, and every ledger agrees', async (t) => {
  const seed = newSeed();
  t.diagnostic(`seed ${seed}; all of them: node tests/build/crashes/failpoints.js`);
  const random = randomFrom(seed);
  const passed = [...(await listPassed(sample)).keys()];
  for (const name of always) assert.ok(passed.includes(name), `${name} is not passed`);
  const others = passed.filter((name) => !always.includes(name));
  const chosen = Array.from({ length: chosenCount }, () => random.pick(others));
  // Two at a time: more would starve each other of the time in which a lease is renewed.
  for (const pair of chunks([...always, ...chosen], 2)) {
    const deaths = await Promise.all(pair.map((name) => dieAt(sample, name, 1)));
    for (const { failpoint, died, breaches } of deaths) {
      assert.ok(died, `${failpoint} was not passed`);
      assert.equal(breaches.length, 0, [failpoint, ...describeBreaches(breaches)].join('\n'));
    }
  }
});

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
