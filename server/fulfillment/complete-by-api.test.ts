import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { orderId as idOf } from '../kit/ids.ts';
import { complete, openTestNode, prepaidOrder, register, smsOrder, type TestNode } from '../testing/node.ts';
import { createTestPublisher } from '../testing/publisher.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const nothingAsked = {
  callbackUrl: undefined,
  credential: undefined,
  returnUrl: undefined,
  errorUrl: undefined,
  linkLifetimeSeconds: undefined,
};

const countEvents = async (orderId: number, name: string) =>
  (await node.rows('SELECT 1 AS one FROM events WHERE order_id = $1 AND name = $2', [orderId, name])).length;

const table: [string, object, string, string | null, string][] = [
  ['free', smsOrder('+4790000001', { paymentMethod: 'free' }), 'OK', null, 'completed'],
  ['invoice', smsOrder('+4790000001', { paymentMethod: 'invoice' }), 'OK', null, 'completed'],
  ['other, prepaid', prepaidOrder(), 'OK', null, 'completed'],
  [
    'vippsRecurring, prepaid',
    prepaidOrder({
      paymentMethod: 'vippsRecurring',
      recurring: true,
      paymentInfoOther: undefined,
      paymentInfoVipps: { transactionId: 'v1' },
    }),
    'OK',
    null,
    'completed',
  ],
  [
    'kco, prepaid without evidence',
    prepaidOrder({ paymentMethod: 'kco', paymentInfoOther: undefined }),
    'OK',
    null,
    'completed',
  ],
  ['sms', smsOrder(), 'OK', null, 'paying'],
  [
    'a method that takes another currency',
    smsOrder('+4790000001', { paymentMethod: 'swishPayex' }),
    'ERROR',
    'currency_differs',
    'registered',
  ],
  [
    'no method',
    smsOrder('+4790000001', { paymentMethod: undefined }),
    'ERROR',
    'buyer_must_act',
    'registered',
  ],
];

for (const [name, order, status, code, state] of table) {
  test(`completing by API: ${name}`, async () => {
    const orderId = await register(node, order);
    const { status: http, body } = await complete(node, orderId);
    assert.equal(http, 200);
    assert.equal(body['fulfillmentStatus'], status);
    assert.equal(body['orderId'], orderId);
    assert.equal(body['errorMessage'] === null, status === 'OK');
    assert.equal(body['code'] ?? null, code);
    assert.equal(body['state'], state);
    assert.equal(body['orderStatus'], state === 'completed' ? 'completed' : 'preliminary');
    assert.equal(typeof body['fulfillmentUrl'], code === 'buyer_must_act' ? 'string' : 'undefined');
  });
}

test('what its method cannot be paid in is warned of when the order is registered', async () => {
  const orderLines = [{ productSpecType: 'product', product: 'KARTA', unitPrice: 149 }];
  for (const [changes, isWarned] of [
    [{ currency: 'SEK', orderLines }, true],
    [{ currency: 'SEK', orderLines, merchantId: 'strex' }, true],
    [{ currency: 'SEK', orderLines, paymentMethod: 'swishPayex' }, false],
    [{ paymentMethod: 'swishPayex' }, true],
    [{}, false],
  ] as const) {
    const { body } = await node.post('/capi/v1/client/order', smsOrder('+4790000001', changes));
    const rules = (body['warnings'] as { field: string; rule: string }[]).map((one) => one.rule);
    assert.deepEqual(rules, isWarned ? ['currency_differs'] : [], JSON.stringify(changes));
    const completed = await complete(node, Number(body['orderId']));
    assert.equal(completed.body['code'] === 'currency_differs', isWarned);
  }
});

test('an order with the same request many times in one batch is completed once', async () => {
  const orderId = await register(node, prepaidOrder());
  const callbackUrl = 'http://127.0.0.1:9/told';
  const replies = await Promise.all(
    Array.from({ length: 64 }, () => complete(node, orderId, { callbackUrl })),
  );
  for (const reply of replies) {
    assert.deepEqual([reply.body['fulfillmentStatus'], reply.body['state']], ['OK', 'completed']);
    assert.deepEqual(reply.body['warnings'], []);
  }
  assert.equal(await countEvents(orderId, 'order completed'), 1);
  const callbacks = await node.rows(
    "SELECT 1 AS one FROM deliveries WHERE order_id = $1 AND kind = 'callback'",
    [orderId],
  );
  assert.equal(callbacks.length, 1);
});

test('one batch with its own, foreign and unknown orders answers each by itself', async () => {
  const { database, completeOrder } = node.context;
  const { clientId } = await createTestPublisher(database);
  await node.context.publishers.refresh();
  const stranger = await node.context.publishers.findClient(clientId);
  assert.ok(stranger);
  const orderId = idOf(await register(node, prepaidOrder()));
  const ask = (client: typeof stranger, id: number) =>
    completeOrder({ client, by: client.by, orderId: idOf(id), options: nothingAsked });
  const outcomes = await Promise.all([
    ask(stranger, orderId),
    ask(node.client, orderId),
    ask(stranger, orderId),
    ask(node.client, 1),
    ask(node.client, orderId),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    ['unknown order', 'accepted', 'unknown order', 'unknown order', 'accepted'],
  );
  const completed = await node.rows<{ by: object }>(
    "SELECT facts -> 'by' AS by FROM events WHERE order_id = $1 AND name = 'order completed'",
    [orderId],
  );
  assert.deepEqual(completed, [{ by: node.client.by }], 'the stranger asked first and did nothing');
});

const warned = (reply: { body: Record<string, unknown> }) =>
  (reply.body['warnings'] as { field: string; rule: string }[]).map(({ field, rule }) => [field, rule]);

test('of each field what was asked for first stands, and a repeat is told which of its fields do not', async () => {
  const orderId = await register(node, smsOrder());
  const callbackUrl = 'http://127.0.0.1:9/first';
  await complete(node, orderId, { callbackUrl });
  const same = await complete(node, orderId, { callbackUrl });
  assert.deepEqual(warned(same), []);
  const other = await complete(node, orderId, {
    callbackUrl: 'http://127.0.0.1:9/second',
    credential: '+4790000001',
  });
  assert.deepEqual(warned(other), [['callbackUrl', 'already_asked']]);
  const third = await complete(node, orderId, { credential: '+4790000002' });
  assert.deepEqual(warned(third), [['credential', 'already_asked']]);
  const [kept] = await node.rows<{ callback_url: string; credential: string | null }>(
    'SELECT callback_url, credential FROM order_completions WHERE order_id = $1',
    [orderId],
  );
  assert.deepEqual(kept, { callback_url: callbackUrl, credential: '+4790000001' });
  assert.equal(await countEvents(orderId, 'payment wanted'), 1);
});

const countCallbacks = async (orderId: number) =>
  (await node.rows("SELECT 1 AS one FROM deliveries WHERE order_id = $1 AND kind = 'callback'", [orderId]))
    .length;
const linksOf = (orderId: number) =>
  node.rows<{ return_url: string | null; error_url: string | null; seconds: number; credential: string }>(
    `SELECT return_url, error_url, extract(epoch FROM expires_at - created_at)::integer AS seconds, credential
     FROM login_links WHERE order_id = $1`,
    [orderId],
  );

const everything = {
  callbackUrl: 'http://127.0.0.1:9/told',
  credential: 'sent.here@example.com',
  returnUrl: 'http://localhost:3000/back',
  errorUrl: 'http://localhost:3000/error',
  linkLifetime: 2,
};
const link = {
  return_url: everything.returnUrl,
  error_url: everything.errorUrl,
  seconds: 7200,
  credential: everything.credential,
};

test('what is asked for after the order was completed without it is carried out in full, once', async () => {
  const visit = async (orderId: number) => {
    await node.context.completeOrder({
      client: node.client,
      by: node.client.by,
      orderId: idOf(orderId),
      options: undefined,
    });
  };
  const plain = async (orderId: number) => {
    await complete(node, orderId);
  };
  for (const [first, order] of [visit, plain].flatMap((one) =>
    ['free', 'invoice', 'other'].map((method) => [one, method] as const),
  )) {
    const changes = order === 'other' ? {} : { paymentMethod: order };
    const orderId = await register(
      node,
      order === 'other' ? prepaidOrder() : smsOrder('+4790000001', changes),
    );
    await first(orderId);
    assert.deepEqual([await countCallbacks(orderId), await linksOf(orderId)], [0, []]);
    const asked = await Promise.all(Array.from({ length: 8 }, () => complete(node, orderId, everything)));
    for (const reply of asked) assert.deepEqual(warned(reply), []);
    await node.advance(900);
    assert.deepEqual(warned(await complete(node, orderId, everything)), []);
    assert.deepEqual([await countCallbacks(orderId), await linksOf(orderId)], [1, [link]], order);
    const access = await node.post('/capi/v1/client/access', {
      product: 'GUIDE',
      credential: everything.credential,
    });
    assert.equal(
      access.body['access'],
      true,
      'the credential holds the grants, as if it had been named at once',
    );
  }
});

test('each field may come by itself; how a link leads on is settled when it is sent', async () => {
  const orderId = await register(node, prepaidOrder());
  await complete(node, orderId, { credential: everything.credential });
  const { callbackUrl, returnUrl } = everything;
  const later = await complete(node, orderId, { callbackUrl, returnUrl });
  assert.deepEqual(warned(later), [['returnUrl', 'already_asked']]);
  assert.equal(await countCallbacks(orderId), 1);
  const [sent, ...others] = await linksOf(orderId);
  assert.deepEqual([sent?.return_url, others.length], [null, 0]);
});

test('a visit and the request at the same time: the callback and the link come, 15 times of 15', async () => {
  for (let round = 0; round < 15; round += 1) {
    const orderId = await register(node, prepaidOrder());
    const visit = () =>
      node.context.completeOrder({
        client: node.client,
        by: node.client.by,
        orderId: idOf(orderId),
        options: undefined,
      });
    const visits = Array.from({ length: 15 }, visit);
    const asked = complete(node, orderId, everything);
    await Promise.all([...visits, asked, visit()]);
    assert.deepEqual([await countCallbacks(orderId), await linksOf(orderId)], [1, [link]]);
    assert.equal(await countEvents(orderId, 'order completed'), 1);
  }
});

test('completing again while a payment is open charges nothing more', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  const before = node.link.sent.length;
  const replies = await Promise.all(Array.from({ length: 16 }, () => complete(node, orderId)));
  await node.runJobs();
  assert.ok(replies.every((reply) => reply.body['state'] === 'paying'));
  assert.equal(node.link.sent.length, before);
});

test('with a key: the effect and the reply are kept together, and replayed', async () => {
  const orderId = await register(node, prepaidOrder());
  const headers = { 'idempotency-key': randomUUID() };
  const path = '/capi/v1/client/order/fulfillment';
  const replies = await Promise.all(Array.from({ length: 8 }, () => node.post(path, { orderId }, headers)));
  assert.deepEqual([...new Set(replies.map((reply) => reply.status))], [200]);
  assert.equal(replies.filter((reply) => reply.headers['idempotency-replayed'] === undefined).length, 1);
  const other = await node.post(path, { orderId, linkLifetime: 2 }, headers);
  assert.deepEqual([other.status, other.body['code']], [422, 'idempotency_key_reused']);
  assert.equal(await countEvents(orderId, 'order completed'), 1);
});

test('a request that cannot be used names each field and changes nothing', async () => {
  const orderId = await register(node, prepaidOrder());
  const reply = await complete(node, orderId, {
    callbackUrl: 'ftp://127.0.0.1/x',
    credential: 'nobody',
    returnUrl: 'https://elsewhere.example/',
    linkLifetime: 0,
  });
  assert.equal(reply.status, 400);
  assert.deepEqual((reply.body['fields'] as { field: string }[]).map(({ field }) => field).sort(), [
    'callbackUrl',
    'credential',
    'linkLifetime',
    'returnUrl',
  ]);
  assert.match(JSON.stringify(reply.body['fields']), /in hours and must be at least 1 and at most 30 days/);
  const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
  assert.equal(body['state'], 'registered');
});
