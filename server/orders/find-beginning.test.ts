import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { complete, openTestNode, register, smsOrder, type TestNode } from '../testing/node.ts';

let node: TestNode;
before(async () => {
  node = await openTestNode();
});
after(() => node.close());

const ofCharge = new Set(['payment attempt made', 'payment evidence']);

test('a payment that is much older than the order that took it is told with it', async () => {
  const orderId = await register(node, smsOrder());
  await complete(node, orderId);
  await node.runJobs();
  const told = async () => {
    const { body } = await node.get(`/capi/v1/client/order/${orderId}`);
    const timeline = body['timeline'] as { what: string }[];
    return timeline.map(({ what }) => what).filter((what) => ofCharge.has(what));
  };
  const before = await told();
  assert.deepEqual(before, ['payment attempt made', 'payment evidence']);
  await node.rows("UPDATE payment_attempts SET created_at = created_at - interval '40 days'");
  await node.rows("UPDATE payment_outcomes SET read_at = read_at - interval '40 days'");
  assert.deepEqual(await told(), before);
});
