import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { vippsDemo } from '@leveret/server/payments/methods/vipps-epayment/demo.js';
import { demoPlace } from '../builders/demo-place.ts';
import { until } from '../builders/until.ts';
import { booksOf, chargeOf, decide, lastAttempt, type Purchase, paying } from '../conformance/purchase.ts';
import { type OwnStage, openStage, pass, settle, spoil } from '../conformance/stage.ts';
import { listWays } from '../conformance/ways.ts';

// Both methods of Vipps MobilePay have the settings of one sales unit, and so one address for notices.
let stage: OwnStage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

/** Questions by plan are put off, so that none can stand in for a notice. */
const putOff = `UPDATE jobs SET run_at = run_at + interval '1 day' WHERE name = 'resolve-attempt' RETURNING job_id`;

/** Paid at the provider, of which only a notice tells. */
async function paidUnseen(adapter: string): Promise<Purchase> {
  const way = listWays().find((one) => one.method.name === adapter && one.flow === 'browser');
  assert.ok(way);
  const purchase = await paying(stage, way);
  assert.equal((await stage.rows(putOff)).length, 1);
  assert.ok(await decide(stage, purchase, 'approve'));
  await until(
    'the order to be completed',
    async () => (await booksOf(stage, purchase)).state === 'completed',
  );
  return purchase;
}

for (const adapter of ['vipps-epayment', 'vipps-recurring']) {
  test(`${adapter}: a notice at the shared address leads to asking`, async () => {
    await paidUnseen(adapter);
  });
}

test('an agreement that the buyer ends in the app is noticed, and the publisher is told', async () => {
  const client = await stage.client();
  const url = `${stage.sandboxUrl}/publisher/callback`;
  const events = ['payment.agreement_stopped'];
  assert.ok((await client.post('/capi/v1/client/webhooks', { url, events })).status < 300);
  const purchase = await paidUnseen('vipps-recurring');
  const charge = await chargeOf(stage, await lastAttempt(stage, purchase));
  assert.ok(charge);
  await stage.control('POST', `/vipps/agreements/${encodeURIComponent(charge.id)}/stop`);
  await until('the agreement to be noted as stopped', async () => {
    const { body } = await client.get(`/capi/v1/client/order/${purchase.orderId}`);
    return JSON.stringify(body['timeline']).includes('agreement stopped');
  });
  await settle(stage);
  const told = await stage.rows<{ event_name: string }>(
    "SELECT event_name FROM deliveries WHERE order_id = $1 AND kind = 'webhook'",
    [purchase.orderId],
  );
  assert.deepEqual(told, [{ event_name: 'payment.agreement_stopped' }]);
});

/** Where Vipps MobilePay tells the sales unit's systems, as it lists them itself. */
async function registered(): Promise<string[]> {
  const keys = { 'ocp-apim-subscription-key': 'vipps-demo-key', 'merchant-serial-number': '123456' };
  const client = { client_id: 'leveret-demo', client_secret: 'vipps-demo-secret' };
  const call = async (method: string, path: string, headers: Record<string, string>) =>
    (await fetch(`${stage.sandboxUrl}/vipps${path}`, { method, headers })).json();
  const token = await call('POST', '/accesstoken/get', { ...keys, ...client });
  const authorization = `Bearer ${String(token.access_token)}`;
  const listed = await call('GET', '/webhooks/v1/webhooks', { ...keys, authorization });
  return listed.webhooks.map((one: { url: string }) => one.url);
}

test('forgetting an account ends its registration, although a call is lost, and no other', async () => {
  const client = await stage.client();
  const path = '/capi/v1/client/payment-methods/vipps-epayment/second';
  const before = await registered();
  assert.equal(before.length, 1);
  const { gateToken: _made, ...settings } = vippsDemo(demoPlace(stage.sandboxUrl, ''));
  assert.equal((await client.put(path, { settings })).status, 200);
  await settle(stage);
  assert.equal((await registered()).length, 2);
  await spoil(stage, 'vipps', 'error-500');
  const headers = { authorization: `Bearer ${client.token}` };
  assert.equal((await fetch(stage.urls[0] + path, { method: 'DELETE', headers })).status, 200);
  await settle(stage);
  assert.equal((await registered()).length, 2);
  await pass(stage, 30);
  assert.deepEqual(await registered(), before);
});
