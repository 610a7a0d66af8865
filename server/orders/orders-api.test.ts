import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { complete, openTestNode, prepaidOrder, register, smsOrder, type TestNode } from '../testing/node.ts';
import { createTestPublisher } from '../testing/publisher.ts';
import { expireOrders } from './expire-orders.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

type Listed = { orderId: number; state: string; externalOrderId: string | null };

async function listAll(query: string, limit = 200): Promise<Listed[]> {
  const found: Listed[] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { status, body } = await node.get(
      `/capi/v1/client/orders?limit=${limit}${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
    );
    assert.equal(status, 200, JSON.stringify(body));
    const page = body['orders'] as Listed[];
    assert.ok(page.length <= limit);
    found.push(...page);
    cursor = body['nextCursor'] as string | null;
  }
  return found;
}

async function show(orderId: number): Promise<Record<string, unknown>> {
  return (await node.get(`/capi/v1/client/order/${orderId}`)).body;
}

/** An order of another publisher, which nothing here may show. */
async function addForeignOrder(): Promise<number> {
  const { publisherId, clientId } = await createTestPublisher(node.context.database);
  const [row] = await node.rows<{ order_id: number }>(
    `INSERT INTO orders (order_id, publisher_id, client_id, state, customer_number, prepaid, recurring,
       amount_minor, currency, ordered_at, registered_at, expires_at, external_order_id)
     VALUES (nextval('order_ids'), $1, $2, 'registered', 1, false, false, 0, 'SEK', leveret_now(),
       leveret_now(), leveret_now(), 'foreign') RETURNING order_id`,
    [publisherId, clientId],
  );
  assert.ok(row);
  return row.order_id;
}

test('orders are paged newest first, each once, whatever the size of a page', async () => {
  const ids: number[] = [];
  for (let number = 0; number < 7; number += 1) ids.push(await register(node, smsOrder()));
  await addForeignOrder();
  const whole = (await listAll('')).map((order) => order.orderId);
  assert.deepEqual(
    whole,
    [...ids].sort((one, other) => other - one),
  );
  for (const limit of [1, 2, 3, 7]) {
    assert.deepEqual(
      (await listAll('', limit)).map((order) => order.orderId),
      whole,
    );
  }
});

test('filters: external id, state, and the credential of the payer, each alone and together', async () => {
  const mobile = '+4790000077';
  const one = await register(node, smsOrder(mobile, { externalOrderId: 'ext-1' }));
  const two = await register(node, smsOrder(mobile, { externalOrderId: 'ext-1', paymentMethod: 'invoice' }));
  const three = await register(
    node,
    prepaidOrder({ payer: { lastName: 'Hansen', emails: ['Ola@Example.com'] } }),
  );
  await complete(node, two);
  const ids = async (query: string) => (await listAll(query)).map((order) => order.orderId);
  assert.deepEqual(await ids('&externalOrderId=ext-1'), [two, one]);
  assert.deepEqual(await ids('&externalOrderId=ext-1&state=completed'), [two]);
  assert.deepEqual(await ids(`&credential=${encodeURIComponent(mobile)}`), [two, one]);
  assert.deepEqual(await ids('&credential=90000077'), [two, one]);
  assert.deepEqual(await ids('&credential=ola@example.com'), [three]);
  assert.deepEqual(await ids('&credential=nobody@example.com'), []);
  assert.deepEqual(await ids('&externalOrderId=foreign'), []);
});

test('a wrong filter or cursor is refused by name', async () => {
  const refused = async (query: string) => (await node.get(`/capi/v1/client/orders?${query}`)).body['code'];
  assert.equal(await refused('cursor=abc'), 'cursor_is_invalid');
  assert.equal(await refused('state=gone'), 'input_is_invalid');
  assert.equal(await refused('credential=x'), 'credential_is_invalid');
  assert.equal(await refused('limit=0'), 'input_is_invalid');
});

test('the status is as at the original: one order, epoch milliseconds, major units', async () => {
  const orderId = await register(
    node,
    smsOrder('+4790000001', { externalOrderId: 'x', orderDate: 1_700_000_000_000 }),
  );
  const { body } = await node.get(`/capi/v1/client/order/status/${orderId}`);
  const [order] = body['orders'] as Record<string, unknown>[];
  assert.equal(typeof order?.['customerNumber'], 'number');
  assert.deepEqual(
    { ...order, customerNumber: 0 },
    {
      orderId,
      externalOrderId: 'x',
      orderTime: 1_700_000_000_000,
      orderStatus: 'preliminary',
      orderAmount: 149,
      customerNumber: 0,
      state: 'registered',
    },
  );
});

test('another publisher’s order is not found, like an unknown one', async () => {
  const foreign = await addForeignOrder();
  for (const id of [foreign, 99]) {
    for (const path of [`order/${id}`, `order/status/${id}`]) {
      const reply = await node.get(`/capi/v1/client/${path}`);
      assert.deepEqual([reply.status, reply.body['code']], [404, 'not_found']);
    }
    for (const path of ['cancel', 'refund']) {
      assert.equal((await node.post(`/capi/v1/client/order/${id}/${path}`)).status, 404);
    }
    assert.equal((await complete(node, id)).status, 404);
  }
});

test('everything about an order: what was asked, paid, granted and told', async () => {
  const orderId = await register(
    node,
    prepaidOrder({ externalOrderId: 'whole', merchantId: 'm1', seller: 'Kiosk' }),
  );
  await complete(node, orderId, {
    callbackUrl: 'http://127.0.0.1:9/told?shop=1',
    credential: 'kari@example.com',
    returnUrl: 'http://127.0.0.1/home',
    linkLifetime: 2,
  });
  const order = await show(orderId);
  assert.equal(order['state'], 'completed');
  assert.equal(order['merchantId'], 'm1');
  assert.equal(order['seller'], 'Kiosk');
  assert.equal((order['access'] as object[]).length, 2);
  const completion = order['completion'] as Record<string, unknown>;
  assert.equal(completion['callbackUrl'], 'http://127.0.0.1:9/told?shop=1');
  assert.equal(completion['linkLifetimeSeconds'], 7200);
  assert.equal((order['prepayment'] as Record<string, unknown>)['isReleased'], false);
  const entries = order['timeline'] as { name: string; what: string }[];
  for (const { name, what } of entries) assert.match(name, /^[a-z_]+\.[a-z_]+$/, what);
  const happened = entries.map((entry) => entry.what);
  for (const what of [
    'order registered',
    'payment secured',
    'order completed',
    'login link issued',
    'message queued',
    'callback queued',
  ]) {
    assert.ok(happened.includes(what), `${what} is missing in ${happened.join(', ')}`);
  }
  const times = (order['timeline'] as { at: string }[]).map((entry) => entry.at);
  assert.deepEqual(times, times.toSorted());
});

test('the timeline of a payment shows attempt, evidence and cancelling', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  await node.post(`/capi/v1/client/order/${orderId}/cancel`);
  const order = await show(orderId);
  assert.equal(typeof order['cancelAskedAt'], 'string');
  const happened = (order['timeline'] as { what: string }[]).map((entry) => entry.what);
  for (const what of ['payment wanted', 'payment attempt made', 'payment evidence', 'cancel asked']) {
    assert.ok(happened.includes(what), `${what} is missing in ${happened.join(', ')}`);
  }
});

test('cancel: at once before a payment, 202 during one, use_refund after, and again the same', async () => {
  const cancel = (id: number) => node.post(`/capi/v1/client/order/${id}/cancel`);
  const registered = await register(node, smsOrder());
  assert.deepEqual(
    [(await cancel(registered)).status, (await cancel(registered)).body['state']],
    [200, 'stopped'],
  );
  assert.equal((await show(registered))['stoppedReason'], 'cancelled');
  const reply = await complete(node, registered);
  assert.deepEqual(
    [reply.status, reply.body['fulfillmentStatus'], reply.body['code']],
    [200, 'ERROR', 'order_is_stopped'],
  );
  const paying = await register(node, smsOrder());
  await complete(node, paying);
  await node.runJobs();
  const replies = [await cancel(paying), await cancel(paying)];
  assert.deepEqual(
    replies.map((one) => [one.status, one.body['state'], one.body['orderStatus']]),
    [
      [202, 'paying', 'preliminary'],
      [202, 'paying', 'preliminary'],
    ],
  );
  const asked = await node.rows("SELECT 1 AS one FROM events WHERE order_id = $1 AND name = 'cancel asked'", [
    paying,
  ]);
  assert.equal(asked.length, 1);
  const completed = await register(node, smsOrder('+4790000001', { paymentMethod: 'invoice' }));
  await complete(node, completed);
  const late = await cancel(completed);
  assert.deepEqual([late.status, late.body['code']], [409, 'use_refund']);
});

test('cancel reads its body: parts and broken JSON are refused and cancel nothing', async () => {
  const orderId = await register(node, smsOrder());
  const cancel = (body: object) => node.post(`/capi/v1/client/order/${orderId}/cancel`, body);
  for (const [body, code, field] of [
    [{ lines: [1] }, 'input_is_invalid', 'lines'],
    [{ lines: [] }, 'input_is_invalid', 'lines'],
    [{ lines: null }, 'input_is_invalid', 'lines'],
    [{ amount: 49 }, 'input_is_invalid', 'amount'],
    [{ Amount: 49 }, 'input_is_invalid', 'Amount'],
    [{ because: 'sold out' }, 'input_is_invalid', 'because'],
    [[], 'input_is_invalid', 'body'],
  ] as const) {
    const reply = await cancel(body);
    const [first] = reply.body['fields'] as { field: string }[];
    assert.deepEqual([reply.status, reply.body['code'], first?.field], [400, code, field]);
  }
  const broken = await cancel(Buffer.from('{bad'));
  assert.deepEqual([broken.status, broken.body['code']], [400, 'body_is_not_json']);
  assert.equal((await show(orderId))['state'], 'registered');
  const { status, body } = await cancel({});
  assert.deepEqual([status, body['state'], body['warnings']], [200, 'stopped', []]);
});

test('64 cancels at once stop the order once', async () => {
  const orderId = await register(node, smsOrder());
  const cancels = Array.from({ length: 64 }, () => node.post(`/capi/v1/client/order/${orderId}/cancel`));
  assert.deepEqual([...new Set((await Promise.all(cancels)).map((one) => one.status))], [200]);
  const stops = await node.rows(
    "SELECT 1 AS one FROM events WHERE order_id = $1 AND name = 'order stopped'",
    [orderId],
  );
  assert.equal(stops.length, 1);
});

test('orders expire after their life, never while they are paying, and say so once', async () => {
  const registered = await register(node, smsOrder());
  const paying = await register(node, smsOrder());
  await complete(node, paying);
  await node.runJobs();
  await node.advance(8 * 86_400);
  await Promise.all([expireOrders(node.context), expireOrders(node.context)]);
  assert.deepEqual(
    [(await show(registered))['state'], (await show(registered))['stoppedReason']],
    ['stopped', 'expired'],
  );
  assert.equal((await show(paying))['state'], 'paying');
  const stops = await node.rows(
    "SELECT 1 AS one FROM events WHERE order_id = $1 AND name = 'order stopped'",
    [registered],
  );
  assert.equal(stops.length, 1);
});

test('an order that somebody holds while it is looked for expires at the next look, not never', async () => {
  const { database } = node.context;
  const place = () => register(node, smsOrder());
  const [held, free, late] = [await place(), await place(), await place()];
  await node.advance(8 * 86_400);
  const stateOf = async (orderId: number) => (await show(orderId))['state'];
  const lock = sql(
    'test.lock',
    'SELECT FROM orders WHERE order_id = ANY ($1::bigint[]) ORDER BY order_id FOR UPDATE',
  );
  await database.transaction('test', async (transaction) => {
    await transaction.query(lock, [[held, late]]);
    await expireOrders(node.context);
  });
  assert.deepEqual(await Promise.all([held, free, late].map(stateOf)), [
    'registered',
    'stopped',
    'registered',
  ]);
  await expireOrders(node.context);
  assert.deepEqual(await Promise.all([held, free, late].map(stateOf)), ['stopped', 'stopped', 'stopped']);
  await expireOrders(node.context);
  const [mark] = await node.rows<{ is_near: boolean }>(
    "SELECT ended_until > leveret_now() - interval '2 minutes' AS is_near FROM order_expiry",
  );
  assert.equal(mark?.is_near, true, 'what has ended is not looked through again');
});
