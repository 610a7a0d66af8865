import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { addTestClient, addTestOrder, openTestFixture, type TestFixture } from '../testing/callbacks.ts';
import { startTestReceiver } from '../testing/receiver.ts';
import { createDeliveryLanes } from './delivery-lanes.ts';
import { findDeliveries } from './find-deliveries.ts';

let fixture: TestFixture;

before(async () => {
  fixture = await openTestFixture({ totalTimeoutMilliseconds: 30_000, breakerFailures: 4 });
  fixture.startWorker();
  fixture.startWorker();
});
after(() => fixture.close());

test('a later event of an order waits for the former to succeed', async (t) => {
  const receiver = await startTestReceiver();
  t.after(() => receiver.close());
  const client = await addTestClient(fixture.database, 1);
  const facts = await addTestOrder(fixture.database, client, 100, `${receiver.base}/callback`);
  const isDown = { value: true };
  receiver.answer = (response) => response.writeHead(isDown.value ? 500 : 200).end();
  await fixture.report([{ name: 'order stopped', reason: 'expired', sequence: 1, ...facts }]);
  await receiver.until(1);
  const runs = fixture.runs.length;
  await fixture.report([{ name: 'order completed', sequence: 2, ...facts }]);
  await fixture.untilRuns(runs + 1);
  await fixture.untilIdle();
  assert.equal(receiver.requests.length, 1);
  isDown.value = false;
  await fixture.advance(6);
  await receiver.until(3);
  assert.deepEqual(statuses(receiver.requests), ['failed', 'failed', 'success']);
});

test('a later event of an order passes a former that has failed three times', async (t) => {
  const receiver = await startTestReceiver();
  t.after(() => receiver.close());
  const client = await addTestClient(fixture.database, 2);
  const facts = await addTestOrder(fixture.database, client, 200, `${receiver.base}/callback`);
  receiver.answer = (response, request) =>
    response.writeHead(request.url.includes('failed') ? 500 : 200).end();
  await fixture.report([{ name: 'order stopped', reason: 'expired', sequence: 1, ...facts }]);
  await receiver.until(1);
  await fixture.report([{ name: 'order completed', sequence: 2, ...facts }]);
  await fixture.advance(6);
  await receiver.until(2);
  await fixture.untilIdle();
  assert.deepEqual(statuses(receiver.requests), ['failed', 'failed']);
  await fixture.advance(301);
  await receiver.until(4);
  assert.deepEqual(statuses(receiver.requests), ['failed', 'failed', 'failed', 'success']);
});

function statuses(requests: readonly { url: string }[]) {
  return requests.map((request) => new URL(request.url, 'http://x').searchParams.get('fulfillmentStatus'));
}

test('a host that hangs keeps only its own waiting', async (t) => {
  const client = await addTestClient(fixture.database, 3);
  const [hanging, quick] = await Promise.all([startTestReceiver(), startTestReceiver()]);
  t.after(() => Promise.all([hanging.close(), quick.close()]));
  hanging.answer = () => undefined;
  const orders = [];
  for (let index = 0; index < 60; index += 1) {
    const base = index < 45 ? hanging.base : quick.base;
    orders.push(await addTestOrder(fixture.database, client, 300 + index, `${base}/callback`));
  }
  await fixture.report(orders.map((facts) => ({ name: 'order completed', sequence: 1, ...facts })));
  await quick.until(15);
  // Two nodes, sixteen at a time on each.
  await hanging.until(32);
  assert.equal(hanging.requests.length, 32);
});

test('one delivery goes out once, however many workers there are', async (t) => {
  const receiver = await startTestReceiver();
  t.after(() => receiver.close());
  const client = await addTestClient(fixture.database, 4);
  const others = [fixture.startWorker(), fixture.startWorker()];
  const orders = [];
  for (let index = 0; index < 100; index += 1) {
    orders.push(await addTestOrder(fixture.database, client, 400 + index, `${receiver.base}/${index}`));
  }
  await Promise.all(
    orders.map((facts) => fixture.report([{ name: 'order completed', sequence: 1, ...facts }])),
  );
  await receiver.until(100);
  await fixture.untilIdle();
  assert.equal(receiver.requests.length, 100);
  assert.equal(new Set(receiver.requests.map((request) => request.headers['webhook-id'])).size, 100);
  await Promise.all(others.map((worker) => worker.stop(1_000)));
});

const takeLease = sql('test.takeLease', 'UPDATE jobs SET generation = generation + 1');

test('a runner whose lease is gone sends nothing', async (t) => {
  const receiver = await startTestReceiver();
  t.after(() => receiver.close());
  const client = await addTestClient(fixture.database, 5);
  const facts = await addTestOrder(fixture.database, client, 500, `${receiver.base}/callback`);
  const paused = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const slow = await openTestFixture();
  t.after(() => slow.close());
  const slowClient = await addTestClient(slow.database, 5);
  await addTestOrder(slow.database, slowClient, 500, `${receiver.base}/callback`);
  // The key is read just before the lease is asked for; there the other runner comes in.
  const database = {
    ...slow.database,
    async query<Row extends object>(...call: Parameters<typeof slow.database.query>): Promise<Row[]> {
      const rows = await slow.database.query<Row>(...call);
      if (call[0].name.startsWith('callbackKeys.find')) {
        reached.resolve();
        await paused.promise;
      }
      return rows;
    },
  };
  slow.startWorker({ deliveries: createDeliveryLanes({ ...slow, database }) });
  await slow.report([{ name: 'order completed', sequence: 1, ...facts }]);
  await reached.promise;
  await slow.database.query(takeLease);
  paused.resolve();
  await slow.untilRuns(1);
  assert.equal(receiver.requests.length, 0);
});

test('a host that keeps failing is left alone without counting tries', async (t) => {
  const receiver = await startTestReceiver();
  t.after(() => receiver.close());
  const client = await addTestClient(fixture.database, 6);
  receiver.answer = (response) => response.writeHead(500).end();
  const single = await openTestFixture({ breakerFailures: 4 });
  t.after(() => single.close());
  const singleClient = await addTestClient(single.database, 6);
  const orders = [];
  for (let index = 0; index < 24; index += 1) {
    orders.push(await addTestOrder(single.database, singleClient, 600 + index, `${receiver.base}/callback`));
  }
  single.startWorker();
  await single.report(orders.map((facts) => ({ name: 'order completed', sequence: 1, ...facts })));
  await single.untilRuns(24);
  const rows = await findDeliveries(single.database, {
    publisherId: client.publisher.publisherId,
    limit: 30,
  });
  // Four failures open it; the others of the lane's sixteen may be on their way already.
  const tried = receiver.requests.length;
  assert.ok(tried >= 4 && tried <= 16, `${tried} were tried`);
  assert.deepEqual(
    rows.map((row) => row.tries).sort((one, other) => other - one),
    Array.from({ length: 24 }, (_, index) => (index < tried ? 1 : 0)),
  );
  assert.deepEqual([...new Set(rows.map((row) => row.state))], ['waiting']);
  // After the plan's whole time, what was never even tried is given up.
  await single.advance(100 * 3_600);
  await single.untilRuns(48);
  const later = await findDeliveries(single.database, {
    publisherId: client.publisher.publisherId,
    limit: 30,
  });
  assert.deepEqual([...new Set(later.map((row) => row.state))], ['failed']);
});
