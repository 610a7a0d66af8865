import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Problem } from '../../kit/problem.ts';
import type { Client } from '../../publishers/publisher.ts';
import {
  addTestClient,
  addTestOrder,
  openSession,
  openTestFixture,
  type TestFixture,
} from '../../testing/callbacks.ts';
import { startTestReceiver, type TestReceiver } from '../../testing/receiver.ts';
import { createWebhook } from './create-webhook.ts';
import { deleteWebhook } from './delete-webhook.ts';
import { enableWebhook } from './enable-webhook.ts';
import { listCallbacks } from './list-callbacks.ts';
import { listEvents } from './list-events.ts';
import { listSigningKeys } from './list-signing-keys.ts';
import { listWebhooks } from './list-webhooks.ts';
import { replayCallback } from './replay-callback.ts';
import { replayCallbacks } from './replay-callbacks.ts';
import { rotateSigningKey } from './rotate-signing-key.ts';
import { rotateWebhookSecret } from './rotate-webhook-secret.ts';
import { showWebhook } from './show-webhook.ts';

let fixture: TestFixture;
let receiver: TestReceiver;
let client: Client;
let stranger: Client;

before(async () => {
  fixture = await openTestFixture();
  receiver = await startTestReceiver();
  client = await addTestClient(fixture.database, 1);
  stranger = await addTestClient(fixture.database, 2);
  fixture.startWorker();
});
after(async () => {
  await fixture.close();
  await receiver.close();
});

type Given = { caller?: Client; body?: object; params?: object; query?: object };
type Handling = { handle(context: never, call: never): Promise<{ body: object }> };

async function ask<Body = Record<string, never>>(endpoint: Handling, given: Given = {}): Promise<Body> {
  const call = { caller: client, body: {}, params: {}, query: {}, ...given };
  const answer = await endpoint.handle(fixture.context as never, call as never);
  return answer.body as Body;
}

const refusedAs = (code: string) => (error: unknown) => (error as Problem).code === code;

async function complete(id: number, by = client): Promise<void> {
  const facts = await addTestOrder(fixture.database, by, id, `${receiver.base}/callback`);
  const seen = receiver.requests.length;
  await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
  await receiver.until(seen + 1);
  await fixture.untilIdle();
}

type Callbacks = {
  callbacks: { callbackId: number; orderId: number; state: string; tries: object[]; createdAt: string }[];
  nextCursor: string | null;
};

test('callbacks are listed newest first with their tries, page by page, to their own publisher only', async () => {
  for (const id of [10, 11, 12]) await complete(id);
  await complete(20, stranger);
  const first = await ask<Callbacks>(listCallbacks, { query: { limit: 2 } });
  assert.deepEqual(
    first.callbacks.map((one) => one.orderId),
    [12, 11],
  );
  const second = await ask<Callbacks>(listCallbacks, { query: { limit: 2, cursor: first.nextCursor } });
  assert.deepEqual(
    second.callbacks.map((one) => one.orderId),
    [10],
  );
  assert.equal(second.nextCursor, null);
  const [one] = (await ask<Callbacks>(listCallbacks, { query: { orderId: 11 } })).callbacks;
  assert.equal(one?.state, 'delivered');
  assert.equal(one?.tries.length, 1);
  assert.deepEqual((await ask<Callbacks>(listCallbacks, { query: { state: 'failed' } })).callbacks, []);
  assert.deepEqual(
    (await ask<Callbacks>(listCallbacks, { query: { orderId: 11 }, caller: stranger })).callbacks,
    [],
  );
  await assert.rejects(
    ask(listCallbacks, { query: { cursor: 'bm90IG91cnM' } }),
    refusedAs('cursor_is_invalid'),
  );
});

test('a callback is replayed under its own id, and a foreign one does not exist', async () => {
  const [one] = (await ask<Callbacks>(listCallbacks, { query: { orderId: 11 } })).callbacks;
  const params = { callbackId: one?.callbackId };
  await assert.rejects(ask(replayCallback, { params, caller: stranger }), refusedAs('not_found'));
  await assert.rejects(ask(replayCallback, { params: { callbackId: 987_654 } }), refusedAs('not_found'));
  const seen = receiver.requests.length;
  assert.deepEqual(await ask(replayCallback, { params }), { ...params, state: 'waiting' });
  await receiver.until(seen + 1);
  await fixture.untilIdle();
  assert.equal(receiver.requests.at(-1)?.headers['webhook-id'], `msg_${one?.callbackId}`);
  const [again] = (await ask<Callbacks>(listCallbacks, { query: { orderId: 11 } })).callbacks;
  assert.equal(again?.tries.length, 2);
});

test('a time range is replayed by state', async () => {
  const { callbacks } = await ask<Callbacks>(listCallbacks);
  const times = callbacks.map((one) => Date.parse(one.createdAt)).sort((one, other) => one - other);
  const from = new Date(times[0] ?? 0).toISOString();
  const to = new Date((times.at(-1) ?? 0) + 1).toISOString();
  assert.deepEqual(await ask(replayCallbacks, { body: { from, to } }), { replayed: 0, continueFrom: null });
  const seen = receiver.requests.length;
  assert.deepEqual(await ask(replayCallbacks, { body: { from, to, state: 'delivered' } }), {
    replayed: 3,
    continueFrom: null,
  });
  await receiver.until(seen + 3);
  const wrong = [
    { from: 'yesterday', to },
    { from: to, to: from },
    { from, to: '2026-02-30' },
  ];
  for (const body of wrong)
    await assert.rejects(ask(replayCallbacks, { body }), refusedAs('input_is_invalid'));
});

type Webhook = { webhookId: number; secret: string; url: string; isEnabled: boolean };

test('webhooks are made, shown without their secret, rotated, enabled and deleted by their publisher', async () => {
  const body = { url: `${receiver.base}/hook`, events: ['order.completed', 'order.completed'] };
  const made = await ask<Webhook>(createWebhook, { body });
  assert.match(made.secret, /^whsec_/);
  const params = { webhookId: made.webhookId };
  const shown = await ask<Webhook>(showWebhook, { params });
  assert.deepEqual(shown, {
    webhookId: made.webhookId,
    url: body.url,
    events: ['order.completed'],
    isEnabled: true,
    failingSince: null,
    disabledAt: null,
    disabledReason: null,
    createdAt: (shown as unknown as { createdAt: string }).createdAt,
  });
  assert.deepEqual(await ask(listWebhooks), { webhooks: [shown] });
  assert.deepEqual(await ask(listWebhooks, { caller: stranger }), { webhooks: [] });
  for (const endpoint of [showWebhook, rotateWebhookSecret, enableWebhook, deleteWebhook]) {
    await assert.rejects(ask(endpoint, { params, caller: stranger }), refusedAs('not_found'));
  }
  assert.notEqual((await ask<Webhook>(rotateWebhookSecret, { params })).secret, made.secret);
  assert.deepEqual(await ask(enableWebhook, { params }), shown);
  await ask(deleteWebhook, { params });
  await assert.rejects(ask(showWebhook, { params }), refusedAs('not_found'));
  await assert.rejects(
    ask(createWebhook, { body: { url: 'http://169.254.169.254/latest' } }),
    refusedAs('webhook_url_is_refused'),
  );
});

test('a publisher has at most twenty webhooks, also when asked for at once', async () => {
  const body = { url: `${receiver.base}/hook` };
  const results = await Promise.allSettled(
    Array.from({ length: 25 }, () => ask(createWebhook, { body, caller: stranger })),
  );
  assert.equal(results.filter((result) => result.status === 'fulfilled').length, 20);
});

type Keys = { keys: { keyId: string; secret: string; retiresAt: string | null }[] };

test('the first signing key is one, however many ask for it, and a rotation retires it a day later', async () => {
  const fresh = await addTestClient(fixture.database, 3);
  const answers = await Promise.all(
    Array.from({ length: 16 }, () => ask<Keys>(listSigningKeys, { caller: fresh })),
  );
  assert.equal(new Set(answers.flatMap(({ keys }) => keys.map((key) => key.secret))).size, 1);
  const { keys } = await ask<Keys>(rotateSigningKey, { caller: fresh });
  assert.deepEqual(
    keys.map((key) => key.retiresAt === null),
    [true, false],
  );
  assert.equal(keys[1]?.secret, answers[0]?.keys[0]?.secret);
  await fixture.advance(25 * 3_600);
  const left = await ask<Keys>(listSigningKeys, { caller: fresh });
  assert.deepEqual(
    left.keys.map((key) => key.keyId),
    [keys[0]?.keyId],
  );
});

type Events = {
  events: { name: string; orderId: number | null; facts: Record<string, unknown> }[];
  nextCursor: string | null;
  hasMore: boolean;
};

/** Reads on until so many events have been shown. */
async function readEvents(caller: Client, count: number, query: object = {}): Promise<Events['events']> {
  const events: Events['events'] = [];
  let after: string | null = null;
  while (events.length < count) {
    const page: Events = await ask<Events>(listEvents, {
      caller,
      query: { ...query, limit: 2, ...(after === null ? {} : { after }) },
    });
    events.push(...page.events);
    after = page.nextCursor;
  }
  return events;
}

test('events are read on from a cursor, none twice and none missed, also one that commits late', async () => {
  const reader = await addTestClient(fixture.database, 4);
  const orders = [];
  for (let id = 40; id < 45; id += 1) orders.push(await addTestOrder(fixture.database, reader, id, null));
  for (const facts of orders) await fixture.report([{ name: 'order completed', sequence: 1, ...facts }]);
  const shown = await readEvents(reader, 5, { name: 'order.completed' });
  assert.deepEqual(
    shown.map((event) => event.orderId),
    [40, 41, 42, 43, 44],
  );
  assert.deepEqual([shown[0]?.name, shown[0]?.facts['sequence']], ['order.completed', 1]);
  assert.deepEqual(
    (await readEvents(reader, 1, { orderId: 43, name: 'order.completed' })).map((event) => event.orderId),
    [43],
  );

  const late = await addTestClient(fixture.database, 5);
  const session = await openSession(fixture);
  await session.query('BEGIN');
  await session.query(
    `INSERT INTO events (publisher_id, order_id, name, facts, occurred_at) VALUES (5, 50, 'late', '{}', leveret_now())`,
  );
  const early = await addTestOrder(fixture.database, late, 51, null);
  await fixture.report([{ name: 'order completed', sequence: 1, ...early }]);
  const before = await ask<Events>(listEvents, { caller: late });
  assert.deepEqual(before, { events: [], nextCursor: null, hasMore: false });
  await session.query('COMMIT');
  // The buyer has no e-mail address, so that an entry of the receipt stands last.
  assert.deepEqual(
    (await readEvents(late, 3)).map((event) => event.orderId),
    [50, 51, 51],
  );
  await session.end();
});
