import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newSeed } from '../builders/random.ts';
import { type Ground, openGround } from './ground.ts';
import { findTraces, runRace } from './race.ts';

const rounds = 10;
let ground: Ground;

before(async () => {
  ground = await openGround();
});
after(() => ground.close());

for (let round = 1; round <= rounds; round += 1) {
  test(`64 things at once to eight payments, on two nodes: one effect each (round ${round})`, async (t) => {
    const seed = newSeed();
    t.diagnostic(`seed ${seed}: npm run races -- --rounds 1 --seed ${seed}`);
    assert.deepEqual((await runRace(ground, seed)).breaches, []);
  });
}

test('nothing has waited for itself, no job is dead and no node has complained', async () => {
  assert.deepEqual(await findTraces(ground), []);
});
