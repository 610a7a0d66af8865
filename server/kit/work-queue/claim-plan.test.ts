import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { openTestQueue, type TestQueue } from '../../testing/queue.ts';
import { findDueLanes, lanesAtATime } from './find-due-lanes.ts';
import { claim } from './work-store.ts';

let queue: TestQueue;

before(async () => {
  queue = await openTestQueue();
});
beforeEach(() => queue.query('TRUNCATE jobs'));
after(() => queue.close());

const rowsRead = {
  name: 'test.rowsRead',
  text: `SELECT seq_tup_read AS in_order, idx_tup_fetch AS by_index FROM pg_stat_xact_user_tables
    WHERE relname = 'jobs'`,
};

type Read = { in_order: number; by_index: number };

test('a claim costs no more where many jobs wait', async () => {
  const waiting = Array.from({ length: 4_000 }, (_, id) => ({ name: 'ask', arguments: { id } }));
  await queue.add(...waiting);
  await queue.query('ANALYZE jobs');
  await queue.database.transaction('claim', async (transaction) => {
    const jobs = await claim(transaction, [{ lane: 'ask 0', room: 3, leaseSeconds: 12 }]);
    assert.deepEqual(
      jobs.map((job) => job.arguments),
      waiting.slice(0, 3).map((job) => job.arguments),
    );
    const [read] = await transaction.query<Read>(rowsRead);
    assert.equal(read?.in_order, 0);
  });
});

test('a round looks at some lanes of who has very many, goes on there in the next, and sees all others', async () => {
  const hosts = Array.from({ length: 300 }, (_, host) => String(host).padStart(3, '0'));
  await queue.add(
    ...hosts.map((within) => ({ name: 'call', publisherId: 7, within, arguments: {} })),
    ...hosts.slice(0, 100).map((within) => ({ name: 'call', publisherId: 7, within, arguments: {} })),
    { name: 'call', publisherId: 70, within: 'b', arguments: {} },
    { name: 'call', publisherId: 8, arguments: {} },
    { name: 'count', arguments: {} },
    { name: 'count', publisherId: 9, arguments: {}, afterSeconds: 60 },
  );
  await queue.query('ANALYZE jobs');
  const others = ['call 70 b', 'call 8', 'count 0'];
  const seen: string[] = [];
  let cuts: ReadonlyMap<string, string> = new Map();
  for (const expected of [128, 128, 44]) {
    const found = await findDueLanes(queue.database, cuts);
    const own = found.lanes.filter((lane) => lane.startsWith('call 7 '));
    assert.equal(own.length, expected);
    assert.deepEqual(
      found.lanes.filter((lane) => !own.includes(lane)),
      others,
    );
    seen.push(...own);
    cuts = found.cuts;
    assert.equal(cuts.size, expected === lanesAtATime ? 1 : 0);
  }
  assert.deepEqual(
    seen,
    hosts.map((host) => `call 7 ${host}`),
  );
  await queue.database.transaction('find', async (transaction) => {
    const [before] = await transaction.query<Read>(rowsRead);
    await findDueLanes(transaction, new Map());
    const [read] = await transaction.query<Read>(rowsRead);
    assert.equal(read?.in_order, before?.in_order);
    const byIndex = (read?.by_index ?? 0) - (before?.by_index ?? 0);
    assert.ok(byIndex < 3 * lanesAtATime, `${byIndex} rows were read`);
  });
});
