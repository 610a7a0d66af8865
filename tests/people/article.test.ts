import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, register } from '../builders/orders.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const articleRef = 'a-harbour';

/** Buys an article for a reader of its own, and answers how to ask whether it may be read. */
async function buy(line: object) {
  const credential = `${randomUUID()}@example.com`;
  const orderId = await register(client, {
    paymentMethod: 'invoice',
    payer: { lastName: 'Nordmann', emails: [credential] },
    orderLines: [{ productSpecType: 'article', articleDetail: { articleRef }, unitPrice: 19, ...line }],
  });
  assert.equal((await complete(client, orderId)).body['fulfillmentStatus'], 'OK');
  const mayRead = async (asked: object = { articleId: articleRef }) => {
    const { body } = await client.post('/capi/v1/client/access', { ...asked, credential, reason: true });
    return [body['access'], body['reason']];
  };
  return { orderId, mayRead };
}

test('an article with seconds opens for as long and then no more', async () => {
  const { mayRead } = await buy({ allowAccessSeconds: 3600 });
  assert.deepEqual(await mayRead(), [true, 'temporary_access']);
  await fixture.advance(3590);
  assert.deepEqual(await mayRead(), [true, 'temporary_access']);
  await fixture.advance(20);
  assert.deepEqual(await mayRead(), [false, 'expired']);
});

test('an article without seconds is bought for good', async () => {
  const { mayRead } = await buy({});
  await fixture.advance(400 * 86_400);
  // A token lasts twelve hours.
  client = await connectDemoClient(fixture.url);
  assert.deepEqual(await mayRead(), [true, 'bought']);
});

test('an article that starts later opens then, for the seconds', async () => {
  const { body } = await client.get('/capi/v1/client/orders?limit=1');
  const [newest] = Array.isArray(body['orders']) ? body['orders'] : [];
  const registeredAt = Object(newest).registeredAt as string;
  const startDate = Math.ceil(Date.parse(registeredAt) / 1000) * 1000 + 500 * 86_400_000;
  const { mayRead } = await buy({ allowAccessSeconds: 3600, startInfo: { startDate } });
  assert.deepEqual(await mayRead(), [false, 'not_started']);
});

test('an article and a product open together for the seconds', async () => {
  const { mayRead } = await buy({ allowAccessProduct: 'DEMO', allowAccessSeconds: 60 });
  assert.deepEqual(await mayRead({ product: 'DEMO' }), [true, 'temporary_access']);
  assert.deepEqual(await mayRead(), [true, 'temporary_access']);
  assert.deepEqual(await mayRead({ product: 'GUIDE' }), [false, 'no_grant']);
  await fixture.advance(70);
  assert.deepEqual(await mayRead({ product: 'DEMO' }), [false, 'expired']);
  assert.deepEqual(await mayRead(), [false, 'expired']);
});

test('a refund ends what was lent', async () => {
  const { orderId, mayRead } = await buy({ allowAccessSeconds: 3600 });
  assert.deepEqual(await mayRead(), [true, 'temporary_access']);
  const refunded = await client.post(`/capi/v1/client/order/${orderId}/refund`, { access: 'end_now' });
  assert.equal(refunded.status, 202, JSON.stringify(refunded.body));
  assert.deepEqual(await mayRead(), [false, 'revoked']);
});
