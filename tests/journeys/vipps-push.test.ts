import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { connectDemoClient, type DemoClient, type Reply } from '../builders/demo-client.ts';
import { textAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { complete, register, smsOrder } from '../builders/orders.ts';
import { until } from '../builders/until.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

/** A sales unit of the sandbox's that Vipps MobilePay has not approved for messages to the app. */
const unapproved = () => ({
  baseUrl: `${fixture.sandboxUrl}/vipps`,
  clientId: 'leveret-web',
  clientSecret: 'vipps-web-secret',
  subscriptionKey: 'vipps-web-key',
  merchantSerialNumber: '123457',
});

const account = (name: string) => `/capi/v1/client/payment-methods/vipps-epayment/${name}`;

async function save(name: string, settings: object): Promise<void> {
  const saved = await client.put(account(name), { settings });
  assert.equal(saved.status, 200, JSON.stringify(saved.body));
}

async function order(merchantId: string | undefined): Promise<number> {
  const named = merchantId === undefined ? {} : { merchantId };
  return register(client, smsOrder('+4791234567', { paymentMethod: 'vippsEcommerce', ...named }));
}

async function stateOf(orderId: number) {
  return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
}

/** Completes again until that says that the buyer must act. */
function leftToBuyer(orderId: number): Promise<Reply> {
  return until('an order that its buyer must pay', async () => {
    const reply = await complete(client, orderId);
    return reply.body['fulfillmentStatus'] === 'ERROR' && reply;
  });
}

test('the demo sales unit is set to push, and asks in the app', async () => {
  const orderId = await order(undefined);
  const answer = await complete(client, orderId);
  assert.equal(answer.body['fulfillmentStatus'], 'OK', JSON.stringify(answer.body));
  await until('the question in the app', async () => {
    const phone = await fetch(`${fixture.sandboxUrl}/phone/%2B4791234567`);
    return /149\.00 NOK/.test(await phone.text());
  });
});

test('an account that says nothing of push never pushes: the buyer must act', async () => {
  await save('web', unapproved());
  const orderId = await order('web');
  const answer = await complete(client, orderId);
  assert.deepEqual([answer.body['fulfillmentStatus'], await stateOf(orderId)], ['ERROR', 'registered']);
  assert.match(textAt(answer.body, 'fulfillmentUrl'), /\/user\/fulfillment\//);
  await fixture.advance(60);
  assert.equal(await stateOf(orderId), 'registered');
});

test('a sales unit that may not push leaves the order open, and its buyer pays in the browser', async () => {
  await save('hopeful', { ...unapproved(), pushMessages: 'yes' });
  const tried = await client.post(`${account('hopeful')}/test`, {});
  assert.equal(tried.body['ok'], true, JSON.stringify(tried.body));
  assert.match(JSON.stringify(tried.body['remarks']), /PUSH_MESSAGE.*5080/);

  const orderId = await order('hopeful');
  assert.equal((await complete(client, orderId)).body['fulfillmentStatus'], 'OK');
  const again = await leftToBuyer(orderId);
  assert.equal(await stateOf(orderId), 'paying');

  const opened = await fetch(textAt(again.body, 'fulfillmentUrl'), { redirect: 'manual' });
  assert.equal(opened.status, 303, await opened.text());
  assert.match(opened.headers.get('location') ?? '', /\/pay\/vipps\//);
  const [attempt] = await attemptsOf(orderId);
  const decided = await fetch(`${fixture.sandboxUrl}/control/payments/${attempt?.reference}/approve`, {
    method: 'POST',
  });
  assert.ok(decided.ok, await decided.text());
  await fixture.advance(30);
  await until('the payment', async () => (await stateOf(orderId)) === 'completed');
});

test('nobody who does not come pays: the order ends with its window', async () => {
  const orderId = await order('hopeful');
  await complete(client, orderId);
  await leftToBuyer(orderId);
  assert.equal(await stateOf(orderId), 'paying');
  await fixture.advance(3600);
  await until('the end of the window', async () => (await stateOf(orderId)) === 'stopped');
});

async function attemptsOf(orderId: number) {
  const statement = sql(
    'test.browserAttempts',
    "SELECT reference FROM payment_attempts WHERE order_id = $1 AND flow = 'browser'",
  );
  return fixture.app.context.database.query<{ reference: string }>(statement, [orderId]);
}

test('a choice takes its words only', async () => {
  const { body, status } = await client.put(account('web'), {
    settings: { ...unapproved(), pushMessages: 'sometimes' },
  });
  assert.equal(status, 400);
  assert.match(JSON.stringify(body), /pushMessages is none of no, yes/);
});
