import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import { gate, openTestQueue, type TestQueue } from '../../testing/queue.ts';
import { done, type Job, type JobKind, type JobResult } from './work.ts';

let queue: TestQueue;

before(async () => {
  queue = await openTestQueue();
});
beforeEach(() => queue.query('TRUNCATE jobs, dead_jobs'));
after(() => queue.close());

function kind(
  run: (job: Job) => Promise<JobResult>,
  changes: Partial<JobKind<object>> = {},
): Record<string, JobKind<object>> {
  const work: JobKind<object> = {
    run: (_context, job) => run(job),
    retryAfterSeconds: [],
    concurrency: 64,
    leaseSeconds: 12,
    ...changes,
  };
  return { work };
}

const job = (id: number) => ({ name: 'work', arguments: { id } });
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

test('several workers run each job once, and none is left behind', async () => {
  const ran: number[] = [];
  const kinds = kind(async ({ arguments: { id } }) => {
    // Runs of different length end while others are being claimed and recorded.
    for (let turns = Number(id) % 7; turns > 0; turns -= 1) await turn();
    ran.push(Number(id));
    return done;
  });
  const workers = numbers(3).map(() => queue.startWorker(kinds, { concurrency: 16 }));
  await Promise.all(numbers(400).map((id) => queue.add(job(id))));
  await queue.untilEmpty();
  assert.deepEqual(
    ran.sort((one, other) => one - other),
    numbers(400),
  );
  await Promise.all(workers.map((worker) => worker.stop(1_000)));
});

test('a runner that lost its lease is fenced: it does not hold, and its end changes nothing', async () => {
  const first = gate();
  const held: boolean[] = [];
  const kinds = kind(async ({ isHeld }) => {
    held.push(await isHeld());
    await first.pass();
    held.push(await isHeld());
    return { kind: 'give up', reason: 'by the first' };
  });
  const slow = queue.startWorker(kinds);
  await queue.add(job(1));
  await first.reached;
  await queue.query(
    `UPDATE jobs SET leased_until = now() - interval '1 second', generation = generation + 1`,
  );
  const second = gate();
  const quick = queue.startWorker(
    kind(async () => {
      await second.pass();
      return { kind: 'later', afterSeconds: 3_600, reason: 'by the second' };
    }),
  );
  await second.reached;
  first.open();
  await slow.stop(5_000);
  assert.deepEqual(held, [true, false]);
  second.open();
  await quick.stop(5_000);
  assert.deepEqual(
    (await queue.jobs()).map((row) => row.last_error),
    ['by the second'],
  );
  assert.deepEqual(await queue.deadJobs(), []);
});

test('requests under one key before a run are one run, one during a run is another', async () => {
  const runs: { id: unknown }[] = [];
  const first = gate();
  const keyed = (id: number) => ({ ...job(id), key: 'k' });
  await queue.add(keyed(1), keyed(2));
  await queue.add(keyed(3));
  const worker = queue.startWorker(
    kind(async ({ arguments: { id } }) => {
      runs.push({ id });
      if (runs.length === 1) await first.pass();
      return done;
    }),
  );
  await first.reached;
  await queue.add(keyed(4));
  await queue.add(keyed(5));
  first.open();
  await queue.untilEmpty();
  assert.equal(runs.length, 2);
  await worker.stop(1_000);
});

test('a request during a run that ends later, or is given up, is not lost', async () => {
  const results: JobResult[] = [
    { kind: 'later', afterSeconds: 86_400, reason: 'asks tomorrow' },
    { kind: 'give up', reason: 'no more' },
    done,
  ];
  const gates = results.map(() => gate());
  let runs = 0;
  const worker = queue.startWorker(
    kind(async () => {
      const run = runs;
      runs += 1;
      await gates[run]?.pass();
      return results[run] ?? done;
    }),
  );
  const keyed = { ...job(1), key: 'k' };
  await queue.add(keyed);
  for (const one of gates.slice(0, 2)) {
    await one.reached;
    await queue.add(keyed);
    one.open();
  }
  await gates[2]?.reached;
  // One for later does not make the job run now.
  await queue.add({ ...keyed, afterSeconds: 3_600 });
  gates[2]?.open();
  await worker.stop(5_000);
  assert.equal(runs, 3);
  const [row, ...others] = await queue.query<{ seconds: number; leased_until: null }>(
    'SELECT extract(epoch FROM run_at - leveret_now())::float8 AS seconds, leased_until FROM jobs',
  );
  assert.ok((row?.seconds ?? 0) > 3_500);
  assert.equal(row?.leased_until, null);
  assert.deepEqual(others, []);
  assert.deepEqual(await queue.deadJobs(), []);
});

test('failures follow the plan, and after it the job is dead with its last reason', async () => {
  const waits: number[] = [];
  const worker = queue.startWorker(
    kind(
      async ({ failures }) => {
        waits.push(failures);
        if (failures === 1) throw new TypeError('broken');
        return { kind: 'later', reason: `failed \u0000 ${failures}` };
      },
      { retryAfterSeconds: [0, 0] },
    ),
  );
  await queue.add({ ...job(1), publisherId: 7 });
  await queue.untilEmpty();
  assert.deepEqual(waits, [0, 1, 2]);
  assert.deepEqual(
    (await queue.deadJobs()).map(({ failures, last_error }) => ({ failures, last_error })),
    [{ failures: 3, last_error: 'failed  2' }],
  );
  assert.equal(queue.errors.length, 1);
  queue.errors.length = 0;
  await worker.stop(1_000);
});

test('a job of an unknown kind is left to a newer node', async () => {
  const worker = queue.startWorker(kind(async () => done));
  await queue.add({ name: 'newer', arguments: {} }, job(1));
  for (;;) {
    const rows = await queue.jobs();
    if (rows.length === 1) break;
  }
  assert.deepEqual(
    (await queue.jobs()).map((row) => [row.name, row.failures]),
    [['newer', 0]],
  );
  await worker.stop(1_000);
});

test('a publisher whose jobs hang leaves room for one who comes new, and for a third', async () => {
  const blocked = gate();
  const ran: string[] = [];
  const kinds = kind(
    async ({ lane }) => {
      if (lane.startsWith('work 1 ')) await blocked.pass();
      else ran.push(lane);
      return done;
    },
    { concurrency: 4, concurrencyOfAllLanes: 32 },
  );
  const worker = queue.startWorker(kinds, { concurrency: 64 });
  const of = (publisherId: number, within: string) => ({ ...job(publisherId), publisherId, within });
  await queue.add(...numbers(600).map((id) => of(1, `host${id % 100}`)));
  await blocked.reached;
  await queue.add(...numbers(40).map(() => of(2, 'host1')), ...numbers(40).map(() => of(3, 'host1')));
  for (;;) {
    if ((await queue.jobs()).length === 600) break;
  }
  assert.equal(ran.length, 80);
  const leased = await queue.query('SELECT FROM jobs WHERE leased_until IS NOT NULL');
  assert.equal(leased.length, 16, 'of 32 places half are taken by who hangs');
  blocked.open();
  await queue.untilEmpty();
  await worker.stop(1_000);
});

test('while so many publishers hang that no place stays free, one who comes new is served', async () => {
  const blocked = gate();
  const began = new Set<string>();
  const ran: string[] = [];
  const kinds = kind(
    async ({ lane }) => {
      began.add(lane);
      if (lane !== 'work 9') await blocked.pass();
      else ran.push(lane);
      return done;
    },
    { concurrency: 8 },
  );
  const worker = queue.startWorker(kinds, { concurrency: 8 });
  for (const publisherId of [1, 2, 3, 4, 5, 6, 9]) {
    await queue.add(...numbers(10).map((id) => ({ ...job(id), publisherId })));
    while (!began.has(`work ${publisherId}`)) await queue.jobs();
  }
  while ((await queue.jobs()).length > 60) assert.ok(ran.length <= 10);
  const leased = await queue.query('SELECT FROM jobs WHERE leased_until IS NOT NULL');
  assert.equal(leased.length, 4 + 2 + 1 + 1 + 1 + 1);
  blocked.open();
  await queue.untilEmpty();
  await worker.stop(1_000);
});

test('a lane that hangs keeps only its own jobs waiting', async () => {
  const blocked = gate();
  const ran: string[] = [];
  const kinds = kind(
    async ({ lane }) => {
      if (lane === 'work 0 stuck') await blocked.pass();
      else ran.push(lane);
      return done;
    },
    { concurrency: 2, concurrencyOfAllLanes: 8 },
  );
  const worker = queue.startWorker(kinds, { concurrency: 8 });
  await queue.add(...numbers(20).map((id) => ({ ...job(id), within: 'stuck' })));
  await blocked.reached;
  await queue.add(...numbers(40).map((id) => ({ ...job(id), within: String(id % 10) })));
  for (;;) {
    if ((await queue.jobs()).length === 20) break;
  }
  assert.equal(ran.length, 40);
  const leased = await queue.query('SELECT FROM jobs WHERE leased_until IS NOT NULL');
  assert.equal(leased.length, 2);
  blocked.open();
  await queue.untilEmpty();
  await worker.stop(1_000);
});
