import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openTestQueue, type TestQueue } from '../../testing/queue.ts';
import { type ClaimedJob, claim, end, hold, renew } from './work-store.ts';

let queue: TestQueue;

before(async () => {
  queue = await openTestQueue();
});
after(() => queue.close());

const rooms = [{ lane: 'ask 0', room: 10, leaseSeconds: 12 }];

async function claimOne(): Promise<ClaimedJob> {
  const [job] = await claim(queue.database, rooms);
  assert.ok(job);
  return job;
}

test('a renewal that comes after the end of a run does not lease the postponed job again', async () => {
  await queue.add({ name: 'ask', key: '1', arguments: {} });
  const job = await claimOne();
  await renew(queue.database, [{ job, leaseSeconds: 12 }]);
  assert.deepEqual(await hold(queue.database, [{ job, leaseSeconds: 12 }]), [true]);
  await end(queue.database, [{ job, reason: 'later', afterSeconds: 3_600, isFailure: false }]);
  await renew(queue.database, [{ job, leaseSeconds: 12 }]);
  assert.deepEqual(await hold(queue.database, [{ job, leaseSeconds: 12 }]), [false]);
  await queue.add({ name: 'ask', key: '1', arguments: {} });
  assert.equal((await claimOne()).job_id, job.job_id);
});
