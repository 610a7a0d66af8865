import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newSeed, randomFrom } from '../builders/random.ts';
import { describeBreaches } from './describe-outcome.ts';
import { dieAt, listPassed } from './die-at-failpoint.ts';
import { mixed } from './scenarios.ts';

/** Around the one call that may never be made twice, and some that the seed chooses; the command tries all. */
const always = ['after commit claim-charge', 'before charge', 'after charge'];
const chosenCount = 2;

test('a node dies at a failpoint, another takes over, and every ledger agrees', async (t) => {
  const seed = newSeed();
  t.diagnostic(`seed ${seed}; all of them: node tests/build/crashes/failpoints.js`);
  const random = randomFrom(seed);
  const passed = await listPassed(mixed);
  for (const name of always) assert.ok(passed.includes(name), `${name} is not passed`);
  const others = passed.filter((name) => !always.includes(name));
  const chosen = Array.from({ length: chosenCount }, () => random.pick(others));
  const deaths = await Promise.all([...always, ...chosen].map((name) => dieAt(mixed, name, 1)));
  for (const { failpoint, died, breaches } of deaths) {
    assert.ok(died, `${failpoint} was not passed`);
    assert.equal(breaches.length, 0, [failpoint, ...describeBreaches(breaches)].join('\n'));
  }
});
