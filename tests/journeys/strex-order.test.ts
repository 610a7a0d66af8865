import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { callbacksAt, chargesOf } from '../builders/ledgers.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

const ends: [mobile: string, state: string, told: string][] = [
  ['+4790011002', 'completed', 'success'],
  ['+4790000010', 'stopped', 'failed'],
  // The reader did not answer in time.
  ['+4799190029', 'stopped', 'failed'],
];

for (const [mobile, state, told] of ends) {
  test(`an order that names the account at Strex Connect, and a reader who ends ${state}`, async () => {
    const orderId = await register(client, { ...smsOrder(mobile), merchantId: 'strex' });
    const callbackUrl = `${fixture.sandboxUrl}/publisher/callback/${orderId}`;
    await complete(client, orderId, { callbackUrl });
    await until('the charge', async () => (await chargesOf(fixture, mobile)).length > 0);
    await fixture.advance(2);
    const stateOf = async () => (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
    await until('the end', async () => (await stateOf()) === state);
    const statuses = async () =>
      (await callbacksAt(fixture, `/publisher/callback/${orderId}`)).map(
        (one) => one.query['fulfillmentStatus'],
      );
    await until('the callback', async () => (await statuses()).length > 0);
    assert.deepEqual(await statuses(), [told]);
    assert.equal((await chargesOf(fixture, mobile)).length, 1);
  });
}
