import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import type { Client } from '../publishers/publisher.ts';
import { addTestClient, addTestOrder, openTestFixture, type TestFixture } from '../testing/callbacks.ts';
import { startTestReceiver, type TestReceiver } from '../testing/receiver.ts';
import { createWebhook } from './create-webhook.ts';
import { findDeliveries } from './find-deliveries.ts';
import { replayDeliveries } from './replay-deliveries.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { deleteEndpoint, enableEndpoint, findEndpoint } from './webhook-endpoints-store.ts';

let fixture: TestFixture;
let receiver: TestReceiver;
let client: Client;
let nextId = 1;

before(async () => {
  fixture = await openTestFixture();
  fixture.startWorker();
});
beforeEach(async () => {
  receiver = await startTestReceiver();
  nextId += 1;
  client = await addTestClient(fixture.database, nextId);
});
afterEach(() => receiver.close());
after(() => fixture.close());

const listen = () =>
  fixture.database.transaction('test', (transaction) =>
    createWebhook(fixture.context, transaction, client, { url: `${receiver.base}/hook`, events: [] }),
  );

const replay = (deliveryId: number) =>
  fixture.database.transaction('test', (transaction) => replayDeliveries(transaction, nextId, [deliveryId]));

async function complete(orderId: number): Promise<void> {
  const facts = await addTestOrder(fixture.database, client, nextId * 1_000 + orderId, null);
  await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
}

const disabledEvents = () =>
  fixture.events.filter((event) => event.name === 'endpoint disabled' && event.publisherId === nextId);

test('410 fails the delivery and switches the endpoint off, once', async () => {
  const { endpoint } = await listen();
  receiver.answer = (response) => response.writeHead(410).end();
  await complete(1);
  await receiver.until(1);
  await fixture.untilIdle();
  const row = await findEndpoint(fixture.database, nextId, endpoint.endpoint_id);
  assert.equal(row?.disabled_reason, 'gone');
  assert.equal(disabledEvents().length, 1);
  await complete(2);
  const [known, ...others] = await findDeliveries(fixture.database, { publisherId: nextId, limit: 10 });
  assert.equal(known?.state, 'failed');
  assert.deepEqual(others, [], 'a switched-off endpoint is not queued for');
  assert.deepEqual(await replay(known?.delivery_id ?? 0), []);
  await enableEndpoint(fixture.database, nextId, endpoint.endpoint_id);
  receiver.answer = (response) => response.end();
  assert.equal((await replay(known?.delivery_id ?? 0)).length, 1);
  await receiver.until(2);
  assert.equal(receiver.requests[0]?.headers['webhook-id'], receiver.requests[1]?.headers['webhook-id']);
});

test('an endpoint that only fails for 120 hours is switched off, one success begins anew', async () => {
  const { endpoint } = await listen();
  const isDown = { value: true };
  receiver.answer = (response) => response.writeHead(isDown.value ? 500 : 200).end();
  const find = () => findEndpoint(fixture.database, nextId, endpoint.endpoint_id);
  const failOnce = async (orderId: number) => {
    const seen = receiver.requests.length;
    await complete(orderId);
    await receiver.until(seen + 1);
    await fixture.untilIdle();
  };
  await failOnce(1);
  assert.notEqual((await find())?.failing_since, null);
  isDown.value = false;
  await failOnce(2);
  assert.equal((await find())?.failing_since, null);
  isDown.value = true;
  await failOnce(3);
  await fixture.advance(119 * 3_600);
  await failOnce(4);
  assert.equal((await find())?.disabled_at, null);
  await fixture.advance(2 * 3_600);
  await failOnce(5);
  assert.equal((await find())?.disabled_reason, 'only failed');
  assert.equal(disabledEvents().length, 1);
});

test('both secrets sign for a day after a rotation, then only the new one', async () => {
  const { endpoint, secret } = await listen();
  const rotated = await fixture.database.transaction('test', (transaction) =>
    rotateWebhookSecret(fixture.context, transaction, nextId, endpoint.endpoint_id),
  );
  await complete(1);
  await receiver.until(1);
  await fixture.untilIdle();
  assert.deepEqual(
    [secret, rotated?.secret ?? ''].map((key) => signs(key, 0)),
    [true, true],
  );
  await fixture.advance(25 * 3_600);
  await complete(2);
  await receiver.until(2);
  assert.deepEqual(
    [secret, rotated?.secret ?? ''].map((key) => signs(key, 1)),
    [false, true],
  );
});

function signs(key: string, index: number): boolean {
  const request = receiver.requests[index];
  const headers = request?.headers ?? {};
  const at = new Date(Number(headers['webhook-timestamp']) * 1_000);
  const expected = new Webhook(key).sign(headers['webhook-id'] ?? '', at, request?.body ?? '');
  return (headers['webhook-signature'] ?? '').split(' ').includes(expected);
}

test('what waits for a deleted endpoint is given up', async () => {
  const { endpoint } = await listen();
  receiver.answer = (response) => response.writeHead(500).end();
  await complete(1);
  await receiver.until(1);
  assert.equal(await deleteEndpoint(fixture.database, nextId + 1_000, endpoint.endpoint_id), false);
  assert.equal(await deleteEndpoint(fixture.database, nextId, endpoint.endpoint_id), true);
  await fixture.untilIdle();
  const runs = fixture.runs.length;
  await fixture.advance(10);
  await fixture.untilRuns(runs + 1);
  const [row] = await findDeliveries(fixture.database, { publisherId: nextId, limit: 1 });
  assert.equal(row?.state, 'failed');
  assert.equal(receiver.requests.length, 1);
});
