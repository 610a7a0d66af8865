import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayTakeOneMore, mostOf } from './fair-share.ts';

test('nobody holds more than stays free, and a few places are everybody’s', () => {
  const cases: [capacity: number, used: number, held: number, may: boolean][] = [
    [64, 0, 0, true],
    [64, 31, 31, true],
    [64, 32, 32, false],
    [64, 40, 8, true],
    [64, 56, 7, false],
    [64, 63, 1, true],
    [64, 63, 2, false],
    [64, 64, 0, true],
    [64, 127, 1, true],
    [64, 128, 0, false],
    [1, 0, 0, true],
    [1, 1, 1, false],
    [1, 1, 0, true],
    [1, 2, 0, false],
    [2, 1, 1, false],
  ];
  for (const [capacity, used, held, may] of cases) {
    assert.equal(mayTakeOneMore({ capacity, used, held }), may, `${held} of ${used} in ${capacity}`);
  }
});

/** Lets parties take all that they may, one after another, and tells what each got. */
function fill(capacity: number, parties: number): number[] {
  const held: number[] = [];
  for (let party = 0; party < parties; party += 1) {
    held[party] = 0;
    for (;;) {
      const used = held.reduce((sum, one) => sum + one, 0);
      if (!mayTakeOneMore({ capacity, used, held: held[party] ?? 0 })) break;
      held[party] = (held[party] ?? 0) + 1;
    }
  }
  return held;
}

test('those who come one after another and give nothing back all get something', () => {
  assert.deepEqual(fill(128, 8), [64, 32, 16, 8, 4, 4, 4, 4]);
  for (const capacity of [32, 128, 192, 256, 2000]) {
    const held = fill(capacity, 36);
    assert.ok(Math.min(...held) > 0, `${capacity}: ${held.join()}`);
    assert.ok(held.reduce((sum, one) => sum + one, 0) <= mostOf(capacity));
  }
  assert.deepEqual(fill(1, 3), [1, 1, 0]);
});
