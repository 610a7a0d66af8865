import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from '@leveret/server/database/statement.js';
import { sweepAgreements } from '@leveret/server/payments/agreements/sweep-agreements.js';
import { connectDemoClient, type DemoClient } from '../builders/demo-client.ts';
import { type Fields, numberAt } from '../builders/fields-of.ts';
import { buildFixture, type Fixture } from '../builders/fixture.ts';
import { demoLine, kari } from '../builders/orders.ts';
import { until } from '../builders/until.ts';
import { agreementAt, decideAgreement, openAgreement } from '../builders/vipps-agreement.ts';

let fixture: Fixture;
let client: DemoClient;

before(async () => {
  fixture = await buildFixture({ realTime: false });
  client = await connectDemoClient(fixture.url);
});
after(() => fixture.close());

/** Time passes, and with it the client's token. */
async function days(count: number): Promise<void> {
  await fixture.advance(count * 86_400);
  client = await connectDemoClient(fixture.url);
}

async function registered(lines = 1): Promise<Fields> {
  const reply = await client.post('/capi/v1/client/order', {
    paymentMethod: 'vippsRecurring',
    recurring: true,
    payer: kari,
    orderLines: Array.from({ length: lines }, () => demoLine),
  });
  assert.equal(reply.status, 200, JSON.stringify(reply.body));
  return reply.body;
}

/** An order that its buyer pays by an agreement. */
async function bought(lines = 1): Promise<{ orderId: number; id: string }> {
  const order = await registered(lines);
  const orderId = numberAt(order, 'orderId');
  const id = await openAgreement(fixture, order);
  await decideAgreement(fixture, id, 'approve');
  await fixture.advance(30);
  await until('the payment', async () => (await stateOf(orderId)) === 'completed');
  return { orderId, id };
}

async function stateOf(orderId: number) {
  return (await client.get(`/capi/v1/client/order/${orderId}`)).body['state'];
}

async function refund(orderId: number, body: object): Promise<void> {
  const reply = await client.post(`/capi/v1/client/order/${orderId}/refund`, body);
  assert.equal(reply.status, 202, JSON.stringify(reply.body));
}

const statusAt = async (id: string) => (await agreementAt(fixture, id))['status'];

/** How we know the agreement of an order, and how often its end was told. */
async function knownOf(orderId: number) {
  const statement = sql(
    'test.agreement',
    `SELECT state, stop_cause, (SELECT count(*)::integer FROM events
       WHERE events.order_id = $1 AND name = 'agreement stopped') AS told
     FROM payment_agreements WHERE order_id = $1`,
  );
  const [row] = await fixture.app.context.database.query<{ state: string; stop_cause: string; told: number }>(
    statement,
    [orderId],
  );
  return row && [row.state, row.stop_cause, row.told];
}

async function ended(orderId: number, id: string, cause: string): Promise<void> {
  await until('the end of the agreement', async () => (await knownOf(orderId))?.[0] === 'stopped');
  assert.deepEqual(await knownOf(orderId), ['stopped', cause, 1]);
  assert.equal(await statusAt(id), 'STOPPED');
}

const refunds: [string, object][] = [
  ['at once', { access: 'end_now', reason: 'regret' }],
  ['with its period', { access: 'end_at_period_end', reason: 'regret' }],
];

for (const [what, body] of refunds) {
  test(`a refunded order whose access ends ${what} leaves no agreement behind`, async () => {
    const { orderId, id } = await bought();
    await refund(orderId, body);
    await ended(orderId, id, 'refunded');
  });
}

test('money that goes back for goodwill leaves the agreement', async () => {
  const { orderId, id } = await bought();
  await refund(orderId, { amount: 9, access: 'keep', reason: 'late' });
  await days(2);
  assert.deepEqual([await statusAt(id), await knownOf(orderId)], ['ACTIVE', ['active', null, 0]]);
});

test('an agreement on two lines ends with the second', async () => {
  const { orderId, id } = await bought(2);
  const line = (lineNumber: number) => ({ lines: [{ lineNumber }], access: 'end_now', reason: 'regret' });
  await refund(orderId, line(1));
  await days(2);
  assert.equal(await statusAt(id), 'ACTIVE');
  await refund(orderId, line(2));
  await ended(orderId, id, 'refunded');
});

test('a provider that does not answer is asked again, and stops the agreement once', async () => {
  const { orderId, id } = await bought();
  for (const kind of ['error-500', 'timeout-after-success']) {
    const fault = { provider: 'vipps', kind, times: 1, milliseconds: 0, path: '/recurring/' };
    const headers = { 'content-type': 'application/json' };
    await fetch(`${fixture.sandboxUrl}/control/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify(fault),
    });
  }
  await refund(orderId, { access: 'end_now', reason: 'regret' });
  for (let tries = 0; tries < 6; tries += 1) await fixture.advance(60);
  await ended(orderId, id, 'refunded');
});

test('a buyer who consents while the order is being cancelled pays nothing and has no agreement', async () => {
  const order = await registered();
  const orderId = numberAt(order, 'orderId');
  const id = await openAgreement(fixture, order);
  const cancelled = await client.post(`/capi/v1/client/order/${orderId}/cancel`, {});
  assert.equal(cancelled.status, 202, JSON.stringify(cancelled.body));
  assert.equal(await statusAt(id), 'PENDING', 'it cannot be stopped before the buyer has consented');
  await decideAgreement(fixture, id, 'approve');
  await fixture.advance(60);
  await until('the end of the order', async () => (await stateOf(orderId)) === 'stopped');
  await ended(orderId, id, 'order stopped');
});

test('an order that is cancelled before consent waits for the agreement to expire', async () => {
  const order = await registered();
  const orderId = numberAt(order, 'orderId');
  const id = await openAgreement(fixture, order);
  await client.post(`/capi/v1/client/order/${orderId}/cancel`, {});
  await fixture.advance(300);
  assert.equal(await stateOf(orderId), 'paying');
  await fixture.advance(400);
  await until('the end of the order', async () => (await stateOf(orderId)) === 'stopped');
  assert.equal(await statusAt(id), 'EXPIRED');
});

/** Ends what an agreement pays for, as an earlier release did. */
async function leaveBehind(orderId: number): Promise<void> {
  const leave = sql(
    'test.leaveBehind',
    `WITH ended AS (UPDATE subscriptions SET stopped_at = now() WHERE order_id = $1)
     UPDATE order_lines SET ended_reason = 'refunded' WHERE order_id = $1`,
  );
  await fixture.app.context.database.query(leave, [orderId]);
}

test('what an earlier release left behind is found and ended', async () => {
  const { orderId, id } = await bought();
  await leaveBehind(orderId);
  await days(3);
  await ended(orderId, id, 'refunded');
});

test('an agreement is looked at once a day, however often the sweep runs', async () => {
  const { orderId, id } = await bought();
  await days(2);
  await sweepAgreements(fixture.app.context);
  await leaveBehind(orderId);
  await sweepAgreements(fixture.app.context);
  assert.deepEqual(await knownOf(orderId), ['active', null, 0]);
  await days(1);
  await ended(orderId, id, 'refunded');
});
