import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { clientScopes } from '@leveret/server/publishers/client-settings.js';
import { createClient, newSecret } from '@leveret/server/publishers/create-client.js';
import { type Sent, send } from '../access/send.ts';
import { connectStranger } from '../access/stranger.ts';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { firstOf, numberAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;
/** Another client of the same publisher, who sees the same orders. */
let sibling: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
  sibling = await connectSibling();
});
after(() => fixture.close());

async function connectSibling(): Promise<DemoClient> {
  const { database, publishers } = fixture.app.context;
  const demo = await publishers.findClient('no.leveret.demo');
  assert.ok(demo);
  const { publisherId } = demo.publisher;
  const { settings, returnAddresses } = demo;
  const clientId = 'no.leveret.sibling';
  const secret = newSecret();
  const wanted = { clientId, name: 'Sibling', scopes: clientScopes, settings, returnAddresses };
  await database.transaction('test', (transaction) => createClient(transaction, publisherId, wanted, secret));
  await publishers.refresh();
  return connectDemoClient(fixture.url, { id: clientId, secret });
}

const repeats = 30;

type Work = {
  path: string;
  body: object;
  /** A body that asks for something else. */
  other: object;
  /** How often it was done, by what anyone can see afterwards. */
  count(): Promise<number>;
};

async function listOf(path: string, name: string): Promise<unknown[]> {
  const reply = await client.get(path);
  return Array.isArray(reply.body[name]) ? reply.body[name] : [];
}

async function eventsOf(orderId: number, name: string): Promise<number> {
  const read = await until('the event', async () => {
    const events = await listOf(
      `/capi/v1/client/events?orderId=${orderId}&name=${encodeURIComponent(name)}`,
      'events',
    );
    return events.length > 0 && events;
  });
  return read.length;
}

async function makeWebhook(path: string): Promise<number> {
  const reply = await client.post('/capi/v1/client/webhooks', { url: fixture.sandboxUrl + path });
  return numberAt(reply.body, 'webhookId');
}

async function makeCallback(path: string): Promise<number> {
  const orderId = await register(client, freeOrder());
  await complete(client, orderId, { callbackUrl: fixture.sandboxUrl + path });
  await until('the callback', async () => (await callbacksAt(fixture, path)).length > 0);
  return until('that it is recorded', async () => {
    const reply = await client.get(`/capi/v1/client/callbacks?orderId=${orderId}&state=delivered`);
    return (
      (reply.body['callbacks'] as unknown[]).length > 0 && numberAt(firstOf(reply, 'callbacks'), 'callbackId')
    );
  });
}

async function makeCase(): Promise<{ caseId: number; orderId: number }> {
  const orderId = await register(client, smsOrder('+4790000040'));
  await complete(client, orderId);
  await until('the charge', async () => {
    const reply = await client.get(`/capi/v1/client/order/${orderId}`);
    return JSON.stringify(reply.body['timeline']).includes('payment pending');
  });
  await fixture.advance(2);
  const caseId = await until('the case', async () => {
    const reply = await client.get(`/capi/v1/client/cases?orderId=${orderId}`);
    return (reply.body['cases'] as unknown[]).length > 0 && numberAt(firstOf(reply, 'cases'), 'caseId');
  });
  return { caseId, orderId };
}

/** Asks for something about a completed order, which one event tells each time it is done. */
async function ofCompleted(path: string, body: object, other: object, event: string): Promise<Work> {
  const orderId = await register(client, freeOrder());
  await complete(client, orderId);
  return {
    path: `/capi/v1/client/order/${orderId}/${path}`,
    body,
    other,
    count: () => eventsOf(orderId, event),
  };
}

const [once, twice] = [{ credential: 'corrected.once@example.com' }, { credential: 'twice@example.com' }];

/** Every POST that changes something, with a way to see how often it did. */
const works: Record<string, () => Promise<Work>> = {
  async registerOrder() {
    const body = freeOrder({ externalOrderId: 'registered-once' });
    return {
      path: '/capi/v1/client/order',
      body,
      other: { ...body, seller: 'another' },
      count: async () =>
        (await listOf('/capi/v1/client/orders?externalOrderId=registered-once', 'orders')).length,
    };
  },
  async completeOrder() {
    const orderId = await register(client, freeOrder());
    return {
      path: '/capi/v1/client/order/fulfillment',
      body: { orderId },
      other: { orderId, credential: 'kari@example.com' },
      count: () => eventsOf(orderId, 'order completed'),
    };
  },
  async cancelOrder() {
    const orderId = await register(client, freeOrder());
    return {
      path: `/capi/v1/client/order/${orderId}/cancel`,
      body: {},
      other: { testing: true },
      count: () => eventsOf(orderId, 'order stopped'),
    };
  },
  async assignUser() {
    const orderId = await register(client, freeOrder());
    return {
      path: `/capi/v1/client/order/${orderId}/user`,
      body: { credential: 'assigned.once@example.com' },
      other: { credential: 'somebody.else@example.com' },
      count: () => eventsOf(orderId, 'user assigned'),
    };
  },
  sendOrderLink: () => ofCompleted('link', {}, { linkLifetime: 1 }, 'login_link.issued'),
  correctCredential: () => ofCompleted('credential', once, twice, 'order.credential_corrected'),
  async createWebhook() {
    const url = `${fixture.sandboxUrl}/publisher/made-once`;
    const made = async () => (await listOf('/capi/v1/client/webhooks', 'webhooks')) as { url: string }[];
    return {
      path: '/capi/v1/client/webhooks',
      body: { url },
      other: { url: `${url}/other` },
      count: async () => (await made()).filter((one) => one.url === url).length,
    };
  },
  async rotateWebhookSecret() {
    const webhookId = await makeWebhook('/publisher/rotated-once');
    const path = `/capi/v1/client/webhooks/${webhookId}/rotate-secret`;
    // The secret before is kept once for each rotation, so that one more rotation tells the last of all.
    return { path, body: {}, other: { testing: true }, count: async () => 1 };
  },
  async enableWebhook() {
    const webhookId = await makeWebhook('/publisher/enabled-once');
    const path = `/capi/v1/client/webhooks/${webhookId}/enable`;
    return { path, body: {}, other: { testing: true }, count: async () => 1 };
  },
  async rotateCallbackSigningKey() {
    const before = (await listOf('/capi/v1/client/callbacks/keys', 'keys')).length;
    return {
      path: '/capi/v1/client/callbacks/keys/rotate',
      body: {},
      other: { testing: true },
      count: async () => (await listOf('/capi/v1/client/callbacks/keys', 'keys')).length - before,
    };
  },
  async replayCallback() {
    const path = '/publisher/callback/replayed-once';
    const callbackId = await makeCallback(path);
    return {
      path: `/capi/v1/client/callbacks/${callbackId}/replay`,
      body: {},
      other: { testing: true },
      count: async () => (await until('the replay', () => seenAgain(path))) - 1,
    };
  },
  async replayCallbacks() {
    const path = '/publisher/callback/range-once';
    await makeCallback(path);
    const range = { from: '2020-01-01T00:00:00Z', to: '2120-01-01T00:00:00Z' };
    return {
      path: '/capi/v1/client/callbacks/replay',
      body: { ...range, state: 'delivered' },
      other: { ...range, state: 'failed' },
      count: async () => (await until('the replay', () => seenAgain(path))) - 1,
    };
  },
  async resolveCase() {
    const { caseId, orderId } = await makeCase();
    return {
      path: `/capi/v1/client/cases/${caseId}/resolve`,
      body: { outcome: 'paid', evidence: 'statement 12' },
      other: { outcome: 'paid', evidence: 'statement 13' },
      count: () => eventsOf(orderId, 'order completed'),
    };
  },
};

/** How many callbacks came, once there was more than the first. */
async function seenAgain(path: string): Promise<number | undefined> {
  const seen = (await callbacksAt(fixture, path)).length;
  return seen > 1 ? seen : undefined;
}

function post(caller: DemoClient, path: string, body: object, key: string): Promise<Sent> {
  const headers = { authorization: `Bearer ${caller.token}`, 'idempotency-key': key };
  return send(fixture.url + path, 'POST', { headers, body });
}

for (const [operation, prepare] of Object.entries(works)) {
  test(`${operation}: thirty at once with one key do it once, and all get the same bytes`, async () => {
    const { path, body, other, count } = await prepare();
    const key = `key of ${operation}`;
    const all = await Promise.all(Array.from({ length: repeats }, () => post(client, path, body, key)));
    const [first] = all;
    assert.ok(first);
    assert.ok(first.status >= 200 && first.status < 300, first.text);
    assert.deepEqual(
      new Set(all.map((sent) => `${sent.status} ${sent.text}`)),
      new Set([`${first.status} ${first.text}`]),
    );
    const fresh = all.filter((sent) => sent.headers.get('idempotency-replayed') === null);
    assert.equal(fresh.length, 1, 'one of them did it, and the others say that they did not');
    assert.equal(await count(), 1);

    const later = await post(client, path, body, key);
    assert.deepEqual([later.status, later.text], [first.status, first.text]);
    const changed = await post(client, path, other, key);
    assert.deepEqual([changed.status, JSON.parse(changed.text).code], [422, 'idempotency_key_reused']);

    const own = await post(sibling, path, body, key);
    assert.equal(own.headers.get('idempotency-replayed'), null, "another client's key is its own");
    assert.notEqual(own.status, 422);
  });
}

test('a reply that shows a secret is not kept where it can be read', async () => {
  const reply = await post(
    client,
    '/capi/v1/client/webhooks',
    { url: `${fixture.sandboxUrl}/publisher/kept` },
    'kept',
  );
  const { secret } = JSON.parse(reply.text);
  assert.match(secret, /^whsec_/);
  const rows = await fixture.app.context.database.query<{ reply: object }>({
    name: 'test.keptReplies',
    text: 'SELECT reply FROM idempotency_keys',
  });
  assert.ok(rows.length > 0);
  assert.ok(!JSON.stringify(rows).includes('whsec_'));
});

test('a refusal leaves no key behind, so that the request may be mended', async () => {
  const key = { 'idempotency-key': 'a refusal' };
  const wrong = await client.post('/capi/v1/client/order', freeOrder({ orderLines: [] }), key);
  assert.equal(wrong.status, 400);
  assert.equal((await client.post('/capi/v1/client/order', freeOrder(), key)).status, 200);
});

test('one key means something else for another order', async () => {
  const key = { 'idempotency-key': 'one key for two' };
  const [one, two] = [await register(client, freeOrder()), await register(client, freeOrder())];
  for (const orderId of [one, two]) {
    const reply = await client.post(`/capi/v1/client/order/${orderId}/cancel`, {}, key);
    assert.deepEqual([reply.status, reply.body['orderId']], [200, orderId]);
  }
});

test('a client of the strict profile must send a key wherever something changes', async () => {
  const stranger = await connectStranger(fixture, 'strict');
  for (const prepare of Object.values(works)) {
    const { path, body } = await prepare();
    const reply = await stranger.client.post(path, body);
    assert.deepEqual([reply.status, reply.body['code']], [400, 'idempotency_key_is_required'], path);
  }
});
