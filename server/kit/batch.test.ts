import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createBatch } from './batch.ts';

test('concurrent calls share a batch, and the next one grows while the first runs', async () => {
  const sizes: number[] = [];
  const first = Promise.withResolvers<void>();
  const call = createBatch<number, number>({
    async run(inputs) {
      sizes.push(inputs.length);
      if (sizes.length === 1) await first.promise;
      return inputs.map((input) => input * 2);
    },
    maxSize: 4,
    isFaultOfOne: () => false,
  });
  const early = [call(1), call(2)];
  await new Promise((resolve) => setImmediate(resolve));
  const late = [3, 4, 5, 6, 7].map(call);
  first.resolve();
  assert.deepEqual(await Promise.all([...early, ...late]), [2, 4, 6, 8, 10, 12, 14]);
  assert.deepEqual(sizes, [2, 4, 1]);
});

test('where more wait than a batch holds, owners take turns', async () => {
  const batches: string[][] = [];
  const first = Promise.withResolvers<void>();
  const call = createBatch<string, string>({
    async run(inputs) {
      batches.push(inputs);
      if (batches.length === 1) await first.promise;
      return inputs;
    },
    maxSize: 4,
    ownerOf: (input) => input[0],
    isFaultOfOne: () => false,
  });
  const early = call('a0');
  await new Promise((resolve) => setImmediate(resolve));
  const late = ['a1', 'a2', 'a3', 'a4', 'a5', 'b1', 'b2', 'c1'].map(call);
  first.resolve();
  await Promise.all([early, ...late]);
  assert.deepEqual(batches, [['a0'], ['a1', 'b1', 'c1', 'a2'], ['b2', 'a3', 'a4', 'a5']]);
});

test('the fault of one is found by halving, and the others are answered', async () => {
  const call = createBatch<number, number>({
    async run(inputs) {
      if (inputs.includes(13)) throw new Error('thirteen');
      return inputs;
    },
    maxSize: 64,
    isFaultOfOne: () => true,
  });
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => call(index)));
  const failed = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? index : []));
  assert.deepEqual(failed, [13]);
});

test('an error that is nobody’s fault fails the whole batch once', async () => {
  let runs = 0;
  const call = createBatch<number, number>({
    async run() {
      runs += 1;
      throw new Error('down');
    },
    maxSize: 64,
    isFaultOfOne: () => false,
  });
  const outcomes = await Promise.allSettled([call(1), call(2)]);
  assert.ok(outcomes.every((outcome) => outcome.status === 'rejected'));
  assert.equal(runs, 1);
});
