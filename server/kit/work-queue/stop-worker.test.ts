import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { gate, openTestQueue, type TestQueue } from '../../testing/queue.ts';
import { done, type JobKind, type QueueDatabase } from './work.ts';

let queue: TestQueue;

before(async () => {
  queue = await openTestQueue();
});
beforeEach(() => queue.query('TRUNCATE jobs, dead_jobs'));
after(() => queue.close());

function kindOf(run: () => Promise<void>): Record<string, JobKind<object>> {
  return {
    work: {
      async run() {
        await run();
        return done;
      },
      retryAfterSeconds: [],
      concurrency: 1,
      leaseSeconds: 12,
    },
  };
}

const job = (id: number) => ({ name: 'work', arguments: { id } });

test('stop waits for what runs, records it, and claims nothing more', async () => {
  const running = gate();
  let runs = 0;
  const worker = queue.startWorker(
    kindOf(async () => {
      runs += 1;
      await running.pass();
    }),
  );
  await queue.add(job(1), job(2));
  await running.reached;
  const stopped = worker.stop(60_000);
  worker.wake();
  running.open();
  await stopped;
  assert.equal(runs, 1);
  assert.equal((await queue.jobs()).length, 1);
  await worker.stop(60_000);
});

test('stop in the midst of a claim still waits for what was claimed', async () => {
  const claiming = gate();
  let runs = 0;
  const database: QueueDatabase = {
    async query<Row extends object>(statement: { name: string; text: string }, values?: readonly unknown[]) {
      if (statement.name.startsWith('jobs.claim')) await claiming.pass();
      return queue.database.query<Row>(statement, values);
    },
  };
  await queue.add(job(1));
  const worker = queue.startWorker(
    kindOf(async () => {
      runs += 1;
    }),
    { database },
  );
  await claiming.reached;
  const stopped = worker.stop(60_000);
  claiming.open();
  await stopped;
  assert.equal(runs, 1);
  assert.deepEqual(await queue.jobs(), []);
});

test('stop gives up waiting after its grace, and the lease is left to others', async () => {
  const running = gate();
  const worker = queue.startWorker(kindOf(running.pass));
  await queue.add(job(1));
  await running.reached;
  await worker.stop(1);
  const leased = await queue.query('SELECT FROM jobs WHERE leased_until IS NOT NULL');
  assert.equal(leased.length, 1);
  running.open();
});

test('an end that the database refuses is recorded later, without another run', async () => {
  let runs = 0;
  let refusals = 2;
  const database: QueueDatabase = {
    async query<Row extends object>(statement: { name: string; text: string }, values?: readonly unknown[]) {
      if (statement.name.startsWith('jobs.end') && refusals > 0) {
        refusals -= 1;
        throw new Error('the database is gone');
      }
      return queue.database.query<Row>(statement, values);
    },
  };
  const worker = queue.startWorker(
    kindOf(async () => {
      runs += 1;
    }),
    { database, pollMilliseconds: 20 },
  );
  await queue.add(job(1));
  await queue.untilEmpty();
  assert.equal(runs, 1);
  assert.equal(queue.errors.length, 2);
  queue.errors.length = 0;
  await worker.stop(1_000);
});

test('a row that is being asked for again holds up nobody else', async () => {
  const running = gate();
  const worker = queue.startWorker(
    {
      ...kindOf(running.pass),
      other: { ...Object.values(kindOf(async () => undefined))[0], concurrency: 4 } as JobKind<object>,
    },
    { pollMilliseconds: 20 },
  );
  await queue.add({ ...job(1), key: 'k' });
  await running.reached;
  const asked = gate();
  const asking = queue.database.transaction('ask', async (transaction) => {
    await transaction.query({ name: '', text: `UPDATE jobs SET asked_again_at = NULL WHERE key = 'k'` });
    await asked.pass();
  });
  await asked.reached;
  running.open();
  await queue.add({ name: 'other', arguments: {} });
  for (;;) {
    if ((await queue.jobs()).length === 1) break;
  }
  assert.equal((await queue.jobs())[0]?.key, 'k');
  asked.open();
  await asking;
  await queue.untilEmpty();
  await worker.stop(1_000);
});
