import assert from 'node:assert/strict';
import { test } from 'node:test';
import { longestWaitSeconds, planNextTry } from './callback.ts';

test('the plan waits up to a fifth more or less, and a receiver may ask for time up to the next step', () => {
  const cases: [failures: number, asked: number | undefined, random: number, expected: number | undefined][] =
    [
      [1, undefined, 0, 4],
      [1, undefined, 1, 6],
      [9, undefined, 0.5, 86_400],
      [10, undefined, 0.5, undefined],
      [1, 2, 0.5, 5],
      [1, 60, 0.5, 60],
      [1, 10_000, 0.5, 300],
      [2, 0, 0.5, 300],
      [9, 1_000_000, 0.5, 86_400],
      [10, 1, 0.5, undefined],
    ];
  for (const [failures, asked, random, expected] of cases) {
    const seconds = planNextTry(failures, asked, () => random);
    assert.equal(seconds === undefined ? undefined : Math.round(seconds), expected);
  }
  const whole = Array.from({ length: 9 }, (_, index) => planNextTry(index + 1, undefined, () => 0.5) ?? 0);
  assert.equal(
    whole.reduce((sum, seconds) => sum + seconds, 0),
    75 * 3_600 + 35 * 60 + 5,
  );
  assert.ok(longestWaitSeconds > 90 * 3_600);
});
