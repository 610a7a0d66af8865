import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openTestNode, prepaidOrder, smsOrder, type TestNode } from '../testing/node.ts';
import type { Registration } from './new-order.ts';
import type { OrderBody } from './order-body.ts';
import { readNewOrder } from './read-new-order.ts';
import { contentHash } from './register-order.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const path = '/capi/v1/client/order';
const keyed = (key: string) => ({ 'idempotency-key': key });
const countOrders = async () =>
  (await node.rows<{ count: number }>('SELECT count(*) AS count FROM orders'))[0]?.count ?? 0;

/** What the endpoint hands to the lane for a body. */
async function registrationOf(order: object, idempotencyKey?: string): Promise<Registration> {
  const { client, context } = node;
  const reader = {
    client,
    catalogue: await context.catalogue.of(client.publisher.publisherId),
    credentialHash: context.secrets.credentialHash,
    paymentResultKey: context.secrets.paymentResults,
    accounts: context.methods,
    now: context.clock.now(),
    warnings: [],
  };
  const contentSha256 = contentHash(JSON.stringify(order));
  const { by } = reader.client;
  const read = await readNewOrder(reader, order as OrderBody);
  return { order: read, by, operation: 'registerOrder', idempotencyKey, contentSha256 };
}

test('one batch of good, refused, repeated and twice paid orders: each gets its own outcome', async () => {
  const counted = await countOrders();
  const [key, freed] = [randomUUID(), randomUUID()];
  const order = smsOrder();
  const paymentInfoOther = { transactionId: randomUUID() };
  const paid = prepaidOrder({ paymentInfoOther });
  const stale = await registrationOf(order);
  const given = [
    await registrationOf(order),
    await registrationOf(order, key),
    await registrationOf(order, key),
    await registrationOf({ ...order, externalOrderId: 'other' }, key),
    await registrationOf(paid),
    await registrationOf(paid, freed),
    await registrationOf({ ...order, uniqueUserId: 'f'.repeat(32) }),
    { ...stale, order: { ...stale.order, catalogueVersion: 0 } },
    await registrationOf(order),
  ];
  const outcomes = await Promise.all(given.map((one) => node.context.registerOrder(one)));
  assert.deepEqual(
    outcomes.map((outcome) => outcome.kind),
    [
      'registered',
      'registered',
      'key_exists',
      'key_exists',
      'registered',
      'payment_already_used',
      'user_is_unknown',
      'catalogue_is_stale',
      'registered',
    ],
  );
  assert.equal(await countOrders(), counted + 4);
  const keys = await node.rows<{ key: string }>('SELECT key FROM idempotency_keys WHERE key = ANY ($1)', [
    [key, freed],
  ]);
  assert.deepEqual(
    keys.map((row) => row.key),
    [key],
  );
  const lines = await node.rows(
    'SELECT 1 AS one FROM orders LEFT JOIN order_lines USING (order_id) WHERE line_number IS NULL',
  );
  assert.equal(lines.length, 0);
});

test('64 requests under one key register one order', async () => {
  const counted = await countOrders();
  const key = randomUUID();
  const replies = await Promise.all(
    Array.from({ length: 64 }, () => node.post(path, smsOrder(), keyed(key))),
  );
  assert.equal(new Set(replies.map((reply) => reply.body['orderId'])).size, 1);
  assert.equal(await countOrders(), counted + 1);
});

test('a key is the same for one client only as long as the body is', async () => {
  const key = randomUUID();
  const first = await node.post(path, smsOrder(), keyed(key));
  const second = await node.post(path, smsOrder(), keyed(key));
  assert.deepEqual(second.body, first.body);
  assert.equal((await node.post(path, smsOrder('+4790000002'), keyed(key))).status, 422);
});

test('what a key registered is replayed after the offer went off sale', async () => {
  const key = randomUUID();
  const line = { productSpecType: 'coupon', productSpecCode: 'DEMO', productSpecNo: 1 };
  const order = { ...smsOrder(), orderLines: [line] };
  const first = await node.post(path, order, keyed(key));
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const end = (at: string) =>
    node.rows(`UPDATE offers SET ends_at = ${at} WHERE offer_code = 'DEMO' RETURNING offer_code`);
  await end("leveret_now() - interval '1 hour'");
  node.context.catalogue.forget(node.client.publisher.publisherId);
  const again = await node.post(path, order, keyed(key));
  const fresh = await node.post(path, order, keyed(randomUUID()));
  const otherBody = await node.post(path, { ...order, orderAmount: 1 }, keyed(key));
  await end('NULL');
  node.context.catalogue.forget(node.client.publisher.publisherId);
  assert.deepEqual([again.status, again.body['orderId']], [200, first.body['orderId']]);
  assert.equal(again.headers['idempotency-replayed'], 'true');
  assert.equal(fresh.status, 400);
  assert.equal(otherBody.status, 422);
});

test('a refused payment leaves its key free for a better request', async () => {
  const paid = prepaidOrder();
  const first = await node.post(path, paid);
  const key = randomUUID();
  const refused = await node.post(path, { ...paid, seller: 'other' }, keyed(key));
  assert.deepEqual([refused.status, refused.body['code']], [409, 'payment_already_used']);
  const same = await node.post(path, paid);
  assert.equal(same.body['orderId'], first.body['orderId']);
  assert.equal((await node.post(path, prepaidOrder(), keyed(key))).status, 200);
});

test('a paid transaction is free again when its order has stopped', async () => {
  const paid = prepaidOrder();
  const first = await node.post(path, paid);
  await node.post(`${path}/${String(first.body['orderId'])}/cancel`);
  const second = await node.post(path, { ...paid, externalOrderId: 'again' });
  assert.equal(second.status, 200);
  assert.notEqual(second.body['orderId'], first.body['orderId']);
});

test('prepaid says how it was paid', async () => {
  const reply = await node.post(path, prepaidOrder({ paymentMethod: undefined }));
  assert.equal(reply.status, 400);
  assert.equal((reply.body['fields'] as { field: string }[])[0]?.field, 'paymentMethod');
});

test('the social security number is accepted, warned about, and stored nowhere', async () => {
  const payer = {
    lastName: 'Nordmann',
    phoneNumbers: ['+4790000001'],
    personsSocialSecurityNumber: '01020312345',
  };
  const reply = await node.post(path, { ...smsOrder(), payer });
  assert.equal(reply.status, 200);
  assert.match(JSON.stringify(reply.body['warnings']), /not_stored/);
  const { body } = await node.get(`${path}/${String(reply.body['orderId'])}`);
  assert.doesNotMatch(JSON.stringify(body), /01020312345/);
});
