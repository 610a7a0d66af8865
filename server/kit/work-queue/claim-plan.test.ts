import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestQueue, type TestQueue } from './test-queue.ts';
import { claim } from './work-store.ts';

let queue: TestQueue;

before(async () => {
  queue = await openTestQueue();
});
after(() => queue.close());

const rowsReadInOrder = {
  name: 'test.rowsReadInOrder',
  text: `SELECT seq_tup_read AS count FROM pg_stat_xact_user_tables WHERE relname = 'jobs'`,
};

test('a claim costs no more where many jobs wait', async () => {
  const waiting = Array.from({ length: 4_000 }, (_, id) => ({ name: 'ask', arguments: { id } }));
  await queue.add(...waiting);
  await queue.query('ANALYZE jobs');
  await queue.database.transaction('claim', async (transaction) => {
    const jobs = await claim(transaction, [{ lane: 'ask', room: 3, leaseSeconds: 12 }]);
    assert.deepEqual(
      jobs.map((job) => job.arguments),
      waiting.slice(0, 3).map((job) => job.arguments),
    );
    assert.deepEqual(await transaction.query(rowsReadInOrder), [{ count: 0 }]);
  });
});
