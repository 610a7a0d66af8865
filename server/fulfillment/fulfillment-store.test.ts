import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '../database/statement.ts';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const waitingForLocks = `SELECT 1 AS one FROM pg_stat_activity
  WHERE datname = current_database() AND wait_event_type = 'Lock'`;
const lock = sql('test.lock', 'SELECT 1 AS one FROM orders WHERE order_id = $1 FOR UPDATE');
const pay = sql('test.pay', "UPDATE orders SET state = 'paying' WHERE order_id = $1");
const begin = sql(
  'test.begin',
  `INSERT INTO payments (publisher_id, order_id, purpose, amount_minor, currency, flow, is_of_guests,
     window_ends_at, created_at)
   SELECT publisher_id, order_id, 'order', amount_minor, currency, 'browser', true,
     leveret_now() + interval '1 hour', leveret_now()
   FROM orders WHERE order_id = $1`,
);
const invite = sql(
  'test.invite',
  "UPDATE payments SET is_of_guests = false, flow = 'direct' WHERE order_id = $1",
);

/** What the request is answered that waited for the order while `meanwhile` was done to it. */
async function completeBehind(orderId: number, ...meanwhile: (typeof lock)[]) {
  let reply: ReturnType<typeof complete> | undefined;
  await node.context.database.transaction('hold', async (transaction) => {
    await transaction.query(lock, [orderId]);
    reply = complete(node, orderId);
    while ((await node.rows(waitingForLocks)).length === 0);
    for (const statement of meanwhile) await transaction.query(statement, [orderId]);
  });
  const { body } = (await reply) ?? assert.fail('nothing was asked');
  return [body['fulfillmentStatus'], body['code'] ?? null, body['state']];
}

test('a guest who began while the order was waited for is seen: nothing is promised', async () => {
  const orderId = await register(node, smsOrder());
  assert.deepEqual(await completeBehind(orderId, begin, pay), ['ERROR', 'buyer_must_act', 'paying']);
});

test('a buyer who began in place of a guest while the order was waited for is seen too', async () => {
  const orderId = await register(node, smsOrder());
  for (const statement of [begin, pay]) await node.context.database.query(statement, [orderId]);
  assert.deepEqual(await completeBehind(orderId), ['ERROR', 'buyer_must_act', 'paying']);
  assert.deepEqual(await completeBehind(orderId, invite), ['OK', null, 'paying']);
});
