import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { publisherId } from '../kit/ids.ts';
import type { Client } from '../publishers/publisher.ts';
import { addTestClient, addTestOrder, openTestFixture, type TestFixture } from '../testing/callbacks.ts';
import { startTestReceiver, type TestReceiver } from '../testing/receiver.ts';
import { findCallbackKeys } from './callback-keys.ts';
import { createWebhook } from './create-webhook.ts';
import { type DeliveryRow, findDeliveries } from './find-deliveries.ts';
import { verifyCallbackUrl } from './verify-callback-url.ts';

let fixture: TestFixture;
let receiver: TestReceiver;
let client: Client;
let signing: Client;
let nextOrderId = 5_000;

before(async () => {
  fixture = await openTestFixture({ totalTimeoutMilliseconds: 800 });
  client = await addTestClient(fixture.database, 1);
  signing = await addTestClient(fixture.database, 2, { signsCallbacks: true });
  fixture.startWorker();
});
beforeEach(async () => {
  receiver = await startTestReceiver();
});
afterEach(() => receiver.close());
after(() => fixture.close());

function makeWebhook(owner: Client, wanted: Parameters<typeof createWebhook>[3]) {
  return fixture.database.transaction('test', (transaction) =>
    createWebhook(fixture.context, transaction, owner, wanted),
  );
}

/** Completes an order with a callback to the receiver. */
async function complete(path = '/callback', by = client, base = receiver.base) {
  nextOrderId += 1;
  const facts = await addTestOrder(fixture.database, by, nextOrderId, base + path);
  await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
  return facts;
}

async function findOne(orderId: number, by = client): Promise<DeliveryRow> {
  const rows = await findDeliveries(fixture.database, {
    publisherId: by.publisher.publisherId,
    orderId,
    limit: 2,
  });
  assert.equal(rows.length, 1);
  return rows[0] as DeliveryRow;
}

test('a completed order is told by GET with its own query kept, signed in the headers, once', async () => {
  const runs = fixture.runs.length;
  const facts = await complete('/callback?shop=7&fulfillmentStatus=mine');
  await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
  await fixture.untilRuns(runs + 1);
  await fixture.untilIdle();
  assert.deepEqual(
    receiver.requests.map(({ method, url, body }) => ({ method, url, body })),
    [{ method: 'GET', url: '/callback?shop=7&fulfillmentStatus=success', body: '' }],
  );
  const [key] = await findCallbackKeys(fixture.context, 1);
  new Webhook(key?.secret ?? '').verify('', receiver.requests[0]?.headers ?? {}, { jsonParse: false });
  const row = await findOne(facts.orderId);
  assert.equal(receiver.requests[0]?.headers['webhook-id'], `msg_${row.delivery_id}`);
  assert.equal(row.state, 'delivered');
  assert.deepEqual(
    row.latest_tries.map(({ outcome, status, reply }) => ({ outcome, status, reply })),
    [{ outcome: 'delivered', status: 200, reply: 'thank you' }],
  );
  assert.deepEqual(fixture.errors, []);
});

test('a stopped order is told as failed, one without callbackUrl or completion not at all', async () => {
  const runs = fixture.runs.length;
  const silent = await addTestOrder(fixture.database, client, 4_001, null);
  const told = await addTestOrder(fixture.database, client, 4_002, `${receiver.base}/x`);
  const stopped = { name: 'order stopped', reason: 'payment_failed', sequence: 1 } as const;
  await fixture.report([
    { ...stopped, ...silent },
    { ...stopped, ...told },
  ]);
  await fixture.untilRuns(runs + 1);
  await fixture.untilIdle();
  assert.deepEqual(
    receiver.requests.map((request) => request.url),
    ['/x?fulfillmentStatus=failed'],
  );
  assert.equal(fixture.runs.length, runs + 1);
});

test('a client that asks for it gets lv_ parameters that its key verifies', async () => {
  const facts = await complete('/callback?a=b%20c', signing);
  await receiver.until(1);
  const [key] = await findCallbackKeys(fixture.context, 2);
  const request = receiver.requests[0];
  const verified = verifyCallbackUrl(receiver.base + request?.url, {
    secrets: { [key?.keyId ?? '']: key?.secret ?? '' },
    now: Number(request?.headers['webhook-timestamp']),
  });
  assert.ok(verified.ok);
  assert.equal(verified.order, String(facts.orderId));
  assert.equal(verified.sequence, 1);
  assert.equal(verified.event, request?.headers['webhook-id']);
});

test('a webhook goes to the endpoints that asked for it, of this publisher only', async () => {
  const third = await addTestClient(fixture.database, 3);
  const wanted = await makeWebhook(third, {
    url: `${receiver.base}/wanted`,
    events: ['payment.refunded'],
  });
  await makeWebhook(third, { url: `${receiver.base}/other`, events: ['order.stopped'] });
  await makeWebhook(signing, {
    url: `${receiver.base}/foreign`,
    events: ['payment.refunded'],
  });
  const facts = await addTestOrder(fixture.database, third, 4_100, null);
  const refund = {
    name: 'payment refunded',
    publisherId: facts.publisherId,
    orderId: facts.orderId,
    attemptId: 1,
    amountMinor: 9_900,
  } as const;
  // Two refunds of one order are two facts, even in one transaction.
  await fixture.report([refund, refund]);
  await receiver.until(2);
  await fixture.untilIdle();
  assert.deepEqual(
    receiver.requests.map((request) => `${request.method} ${request.url}`),
    ['POST /wanted', 'POST /wanted'],
  );
  const [request] = receiver.requests;
  const body = new Webhook(wanted.secret).verify(request?.body ?? '', request?.headers ?? {}) as object;
  assert.deepEqual(
    { ...body, timestamp: 0 },
    { type: 'payment.refunded', timestamp: 0, data: { orderId: 4_100, attemptId: 1 } },
  );
  assert.notEqual(request?.headers['webhook-id'], receiver.requests[1]?.headers['webhook-id']);
});

test('tries follow the plan of 75 hours with one id and new times, and then it is given up', async () => {
  receiver.answer = (response) => response.writeHead(500).end('no');
  const facts = await complete();
  const plan = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  for (const [tried, seconds] of plan.entries()) {
    await receiver.until(tried + 1);
    await fixture.advance(seconds - 2);
    await fixture.untilIdle();
    assert.equal(receiver.requests.length, tried + 1, `too soon after try ${tried + 1}`);
    await fixture.advance(3);
  }
  await receiver.until(10);
  await fixture.untilIdle();
  const row = await findOne(facts.orderId);
  assert.equal(row.state, 'failed');
  assert.equal(row.tries, 10);
  assert.equal(new Set(receiver.requests.map((request) => request.headers['webhook-id'])).size, 1);
  assert.equal(new Set(receiver.requests.map((request) => request.headers['webhook-timestamp'])).size, 10);
  await fixture.advance(100 * 3_600);
  await fixture.untilIdle();
  assert.equal(receiver.requests.length, 10);
});

test('each kind of answer is read as what it is', async () => {
  const cases: { answer: TestReceiver['answer']; outcome: string; state: string; nextSeconds?: number }[] = [
    {
      answer: (response) => response.writeHead(301, { location: '/elsewhere' }).end(),
      outcome: 'redirected',
      state: 'waiting',
      nextSeconds: 5,
    },
    { answer: (response) => response.writeHead(410).end('gone\u0000'), outcome: 'gone', state: 'failed' },
    {
      answer: (response) => response.writeHead(429, { 'retry-after': '120' }).end(),
      outcome: 'not accepted',
      state: 'waiting',
      nextSeconds: 120,
    },
    {
      answer: (response) => response.writeHead(503, { 'retry-after': '999999' }).end(),
      outcome: 'not accepted',
      state: 'waiting',
      nextSeconds: 300,
    },
    { answer: (response) => writeMuch(response), outcome: 'delivered', state: 'delivered' },
    {
      answer: (response) => drip(response),
      outcome: 'timed out',
      state: 'waiting',
      nextSeconds: 5,
    },
    {
      answer: (response) => response.socket?.destroy(),
      outcome: 'connection lost',
      state: 'waiting',
      nextSeconds: 5,
    },
  ];
  for (const [index, one] of cases.entries()) {
    receiver.answer = one.answer;
    const runs = fixture.runs.length;
    const facts = await complete();
    await fixture.untilRuns(runs + 1);
    const row = await findOne(facts.orderId);
    assert.equal(row.latest_tries[0]?.outcome, one.outcome);
    assert.equal(row.state, one.state, one.outcome);
    assert.ok((row.latest_tries[0]?.reply ?? '').length <= 1_024);
    const result = fixture.runs.at(-1)?.result;
    const seconds = result?.kind === 'later' ? result.afterSeconds : undefined;
    assert.equal(seconds, one.nextSeconds, one.outcome);
    assert.equal(receiver.requests.length, index + 1, 'nothing is followed or repeated');
  }
  assert.deepEqual(fixture.errors, []);
});

function writeMuch(response: Parameters<TestReceiver['answer']>[0]): void {
  const block = Buffer.alloc(1_000_000, 'x');
  let left = 100;
  const write = () => {
    while (left > 0 && !response.destroyed) {
      left -= 1;
      if (!response.write(block)) return void response.once('drain', write);
    }
    response.end();
  };
  response.writeHead(200);
  write();
}

function drip(response: Parameters<TestReceiver['answer']>[0]): void {
  response.writeHead(200);
  const timer = setInterval(() => response.write('x'), 300);
  response.once('close', () => clearInterval(timer));
}

test('an address that the guard refuses, or where nobody listens, is a failed try', async () => {
  const strict = await addTestClient(fixture.database, 4, { allowsHttp: false });
  const closed = await startTestReceiver();
  await closed.close();
  const cases = [
    { base: receiver.base, by: strict, outcome: 'address refused' },
    { base: 'http://10.0.0.1', by: client, outcome: 'address refused' },
    { base: 'nonsense', by: client, outcome: 'address refused' },
    { base: closed.base, by: client, outcome: 'no connection' },
  ];
  for (const { base, by, outcome } of cases) {
    const runs = fixture.runs.length;
    const facts = await complete('/callback', by, base);
    await fixture.untilRuns(runs + 1);
    const row = await findOne(facts.orderId, by);
    assert.equal(row.latest_tries[0]?.outcome, outcome);
    assert.equal(row.state, 'waiting');
  }
  assert.equal(receiver.requests.length, 0);
  assert.deepEqual(fixture.errors, []);
});

test('a run before its time, or after the end, sends nothing', async () => {
  receiver.answer = (response) => response.writeHead(500).end();
  const facts = await complete();
  await receiver.until(1);
  await fixture.untilIdle();
  const row = await findOne(facts.orderId);
  const again = {
    name: 'callback queued',
    publisherId: publisherId(1),
    deliveryId: row.delivery_id,
    host: 'x',
  } as const;
  const runs = fixture.runs.length;
  await fixture.report([again]);
  await fixture.untilRuns(runs + 1);
  assert.equal(fixture.runs.at(-1)?.result.kind, 'later');
  assert.equal(receiver.requests.length, 1);
  receiver.answer = (response) => response.end();
  await fixture.advance(6);
  await receiver.until(2);
  await fixture.untilIdle();
  const ended = fixture.runs.length;
  await fixture.report([again]);
  await fixture.untilRuns(ended + 1);
  assert.equal(receiver.requests.length, 2);
});
