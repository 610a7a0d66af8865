import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt } from '../builders/ledgers.ts';
import { complete, freeOrder, register } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture();
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const by = { kind: 'client', id: 'no.leveret.demo' };

type Told = { type: string; data: Record<string, unknown> };

async function listen(path: string, events?: string[]): Promise<void> {
  const reply = await client.post('/capi/v1/client/webhooks', { url: fixture.sandboxUrl + path, events });
  assert.equal(reply.status, 201);
}

/** What an endpoint was told about an order, in the order in which it was told, once it is `count`. */
async function webhooksAt(path: string, orderId: number, count: number): Promise<Told[]> {
  return until(`${count} webhooks at ${path}`, async () => {
    const seen = (await callbacksAt(fixture, path)).map((one) => JSON.parse(one.body) as Told);
    const told = seen.filter((one) => one.data['orderId'] === orderId);
    return told.length >= count && told;
  });
}

/** A temporary grant by the line's fields, and a bought one by the subscription's first period. */
const granted = (kind: string) => ({
  lineNumber: 1,
  kind,
  product: 'DEMO',
  issue: null,
  articleRef: null,
  categoryType: null,
});

test('an endpoint for all is told of the order, its access, its subscription, and the end of both', async () => {
  const [all, access] = ['/publisher/callback/all', '/publisher/callback/access'];
  await listen(all);
  await listen(access, ['access.granted']);
  const orderId = await register(client, freeOrder({ paymentMethod: 'invoice' }));
  await complete(client, orderId);
  const told = await webhooksAt(all, orderId, 4);
  assert.deepEqual(
    told.map((one) => one.type),
    ['order.completed', 'access.granted', 'subscription.started', 'access.granted'],
  );
  assert.deepEqual(told.filter((one) => one.type === 'access.granted').map(withoutTimes), [
    { orderId, grants: [granted('temporary')], by },
    { orderId, grants: [granted('bought')], by },
  ]);
  const started = told[2]?.data ?? {};
  assert.deepEqual(Object.keys(started).sort(), ['by', 'lineNumber', 'orderId', 'product', 'subscriptionId']);
  assert.deepEqual([started['lineNumber'], started['product']], [1, 'DEMO']);

  const refund = await client.post(`/capi/v1/client/order/${orderId}/refund`, { access: 'end_now' });
  assert.equal(refund.status, 202);
  const after = await until('the end of the subscription', async () => {
    const later = await webhooksAt(all, orderId, 6);
    return later.find((one) => one.type === 'subscription.ended');
  });
  const { subscriptionId } = started;
  assert.deepEqual(after.data, { orderId, subscriptionId, lineNumber: 1, access: 'end_now', by });
  assert.deepEqual(
    (await webhooksAt(access, orderId, 2)).map((one) => one.type),
    ['access.granted', 'access.granted'],
  );
});

/** The data of a told grant, once its times are seen to be times. */
function withoutTimes({ data }: Told): Record<string, unknown> {
  const grants = data['grants'] as { startsAt: string; endsAt: string }[];
  return {
    ...data,
    grants: grants.map(({ startsAt, endsAt, ...rest }) => {
      assert.ok(Date.parse(endsAt) > Date.parse(startsAt));
      return rest;
    }),
  };
}
