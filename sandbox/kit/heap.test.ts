import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededRandom } from './faults.ts';
import { makeHeap } from './heap.ts';

test('a heap gives back everything in order', () => {
  const random = seededRandom(1);
  const numbers = Array.from({ length: 500 }, () => Math.floor(random() * 100));
  const heap = makeHeap<number>((a, b) => a < b, numbers);
  const given: number[] = [];
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) given.push(next);
  assert.deepEqual(
    given,
    numbers.toSorted((a, b) => a - b),
  );
  assert.equal(heap.peek(), undefined);
});
