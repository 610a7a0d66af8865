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

async function buyBySms(mobile: string): Promise<number> {
  const orderId = await register(client, smsOrder(mobile));
  const callbackUrl = `${fixture.sandboxUrl}/publisher/callback/${orderId}`;
  const reply = await complete(client, orderId, { callbackUrl });
  assert.equal(reply.body['fulfillmentStatus'], 'OK');
  assert.equal(reply.body['state'], 'paying');
  await until('the charge', async () => (await chargesOf(fixture, mobile)).length > 0);
  return orderId;
}

async function stateOf(orderId: number): Promise<unknown> {
  return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
}

async function callbackStatuses(orderId: number): Promise<(string | undefined)[]> {
  const callbacks = await callbacksAt(fixture, `/publisher/callback/${orderId}`);
  return callbacks.map((callback) => callback.query['fulfillmentStatus']);
}

async function hasAccess(mobile: string): Promise<unknown> {
  const reply = await client.post('/capi/v1/client/access', { product: 'GUIDE', credential: mobile });
  return reply.body['access'];
}

test('a charged mobile: completed when the report says so, with access and a success callback', async () => {
  const mobile = '+4790011001';
  const orderId = await buyBySms(mobile);
  assert.equal(await hasAccess(mobile), false);
  await fixture.advance(2);
  await until('completion', async () => (await stateOf(orderId)) === 'completed');
  assert.equal(await hasAccess(mobile), true);
  await until('the callback', async () => (await callbackStatuses(orderId)).length > 0);
  assert.deepEqual(await callbackStatuses(orderId), ['success']);
  assert.equal((await chargesOf(fixture, mobile)).length, 1);
});

test('only the first charge of a mobile asks for the higher security level', async () => {
  const mobile = '+4790011009';
  for (const charges of [1, 2]) {
    const orderId = await buyBySms(mobile);
    await until('the charge', async () => (await chargesOf(fixture, mobile)).length === charges);
    await fixture.advance(2);
    await until('completion', async () => (await stateOf(orderId)) === 'completed');
  }
  const levels = (await chargesOf(fixture, mobile)).map(({ details }) => details['securityLevel']);
  assert.deepEqual(levels, ['2', null]);
});

test('a declined mobile: stopped, told as failed, no access', async () => {
  const mobile = '+4790000010';
  const orderId = await buyBySms(mobile);
  await fixture.advance(2);
  await until('the stop', async () => (await stateOf(orderId)) === 'stopped');
  await until('the callback', async () => (await callbackStatuses(orderId)).length > 0);
  assert.deepEqual(await callbackStatuses(orderId), ['failed']);
  assert.equal(await hasAccess(mobile), false);
});

test('unknown billing: a case at once, no second charge, a person completes the order', async () => {
  const mobile = '+4790000040';
  const orderId = await buyBySms(mobile);
  await fixture.advance(2);
  const caseId = await until('the case', () => openCaseOf(orderId));
  assert.equal(await stateOf(orderId), 'paying');
  const resolved = await client.post(`/capi/v1/client/cases/${caseId}/resolve`, {
    outcome: 'paid',
    evidence: 'statement 12',
  });
  assert.equal(resolved.status, 200);
  assert.equal(await stateOf(orderId), 'completed');
  assert.equal((await chargesOf(fixture, mobile)).length, 1);
});

test('a silent provider becomes a case when the report is overdue; a report after all resolves it', async () => {
  const mobile = '+4790000070';
  const orderId = await buyBySms(mobile);
  await fixture.advance(3000);
  await until('the case', () => openCaseOf(orderId));
  await fixture.advance(5000);
  await until('completion', async () => (await stateOf(orderId)) === 'completed');
  assert.equal(await openCaseOf(orderId), undefined);
});

test('declined, then billed after all: a late payment completes the order with a second callback', async () => {
  const mobile = '+4790000090';
  const orderId = await buyBySms(mobile);
  await fixture.advance(2);
  await until('the stop', async () => (await stateOf(orderId)) === 'stopped');
  await until('the first callback', async () => (await callbackStatuses(orderId)).length === 1);
  await fixture.advance(60);
  await until('completion', async () => (await stateOf(orderId)) === 'completed');
  await until('the second callback', async () => (await callbackStatuses(orderId)).length === 2);
  assert.deepEqual(await callbackStatuses(orderId), ['failed', 'success']);
});

async function openCaseOf(orderId: number): Promise<number | undefined> {
  const reply = await client.get(`/capi/v1/client/cases?state=open&orderId=${orderId}`);
  const cases = reply.body['cases'];
  const [first] = Array.isArray(cases) ? cases : [];
  return first !== null && typeof first === 'object' && !Array.isArray(first)
    ? Number(first['caseId'])
    : undefined;
}
