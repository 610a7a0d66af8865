import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestDatabase } from '../testing/database.ts';
import { dividePool, openDatabases } from './open-databases.ts';

const cases: [size: number, requests: number, work: number][] = [
  [2, 1, 1],
  [3, 2, 1],
  [5, 4, 1],
  [8, 5, 3],
  [16, 10, 6],
  [200, 125, 75],
];

for (const [size, requests, work] of cases) {
  test(`of ${size} connections ${requests} are for requests and ${work} for background work`, () => {
    assert.deepEqual(dividePool(size), { requests, work });
  });
}

test('requests that hold all of their connections leave background work its own, and the other way round', async (t) => {
  const testDatabase = await createTestDatabase();
  const settings = { connection: testDatabase.connection, poolSize: 4, preparedStatements: true };
  const options = { report: async () => undefined, random: Math.random, onError: () => undefined };
  const databases = openDatabases(settings, options);
  t.after(async () => {
    await databases.close();
    await testDatabase.drop();
  });
  const one = { name: 'test.one', text: 'SELECT 1 AS one' };
  for (const [busy, other] of [
    ['requests', 'work'],
    ['work', 'requests'],
  ] as const) {
    const release = Promise.withResolvers<void>();
    const size = databases.sizes[busy];
    const held = Array.from({ length: size + 1 }, () =>
      databases[busy].transaction('hold', async (transaction) => {
        await transaction.query(one);
        await release.promise;
      }),
    );
    assert.deepEqual(await databases[other].query(one), [{ one: 1 }]);
    assert.deepEqual(databases.counts()[busy], { connections: size, waiting: 1 });
    release.resolve();
    await Promise.all(held);
  }
});
