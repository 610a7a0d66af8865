import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stretchesBack } from './stretches-back.ts';

test('the stretches of two days follow each other without a gap, to six hours ahead', () => {
  const now = new Date('2026-03-29T12:34:56.789Z');
  const stretches = stretchesBack(2, now);
  assert.equal(stretches.length, 9);
  assert.equal(stretches[0]?.from.toISOString(), '2026-03-27T12:34:56.789Z');
  assert.equal(stretches.at(-1)?.to.toISOString(), '2026-03-29T18:34:56.789Z');
  for (const [index, { from }] of stretches.entries()) {
    if (index > 0) assert.deepEqual(from, stretches[index - 1]?.to);
  }
});
