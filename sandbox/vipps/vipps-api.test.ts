import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSandbox } from '../start-sandbox.ts';
import { startFrozen, tried } from '../testing/frozen-sandbox.ts';
import { openVippsClient, paymentBody } from '../testing/vipps-client.ts';

const payments = '/epayment/v1/payments';
const agreement = {
  pricing: { type: 'LEGACY', amount: 14_900, currency: 'NOK' },
  interval: { unit: 'MONTH', count: 1 },
  productName: 'Bygdeavisa',
  merchantAgreementUrl: 'https://example.com/me',
  merchantRedirectUrl: 'https://example.com/return',
};

test('the same key answers the same, refusals too, and another request under it is a conflict', async (t) => {
  const sandbox = await startFrozen(t);
  const { call } = await openVippsClient(sandbox);
  const body = paymentBody('reference-1');
  const first = await call('POST', payments, body, 'key-1');
  assert.deepEqual((await call('POST', payments, body, 'key-1')).json, first.json);
  assert.equal((await call('POST', payments, { ...body, reference: 'reference-2' }, 'key-1')).status, 409);
  assert.equal((await call('POST', payments, body, 'key-2')).status, 409);
  const capture = { modificationAmount: { currency: 'NOK', value: 100 } };
  const path = `${payments}/reference-1/capture`;
  assert.equal((await call('POST', path, capture, 'key-3')).status, 400);
  await sandbox.call('POST', '/control/payments/reference-1/approve');
  assert.equal((await call('POST', path, capture, 'key-3')).status, 400);
  assert.equal((await call('POST', path, capture, 'key-4')).status, 200);
});

const broken: [string, string, unknown, string | undefined, RegExp][] = [
  ['POST', payments, paymentBody('reference-1'), undefined, /^Idempotency-Key is required/],
  ['POST', payments, { ...paymentBody('reference-1'), amount: 149 }, 'a', /^amount must be object/],
  ['POST', payments, { ...paymentBody('short') }, 'b', /^reference must /],
  [
    'POST',
    payments,
    { ...paymentBody('reference-1'), customer: { phoneNumber: '+4791234567' } },
    'c',
    /^customer/,
  ],
  ['POST', payments, { ...paymentBody('reference-1'), paymentDescripton: 'x' }, 'd', /^paymentDescripton/],
  ['POST', payments, undefined, 'e', /^body is required/],
  ['POST', `${payments}/reference-1/refund`, { amount: 1 }, 'f', /modificationAmount/],
  ['POST', '/recurring/v3/agreements', agreement, 'has/slash', /^Idempotency-Key must be 1 to 40/],
  ['POST', '/recurring/v3/agreements', { ...agreement, productName: 'x'.repeat(46) }, 'g', /^productName/],
  ['PATCH', '/recurring/v3/agreements/agr_1', { status: 'PAUSED' }, 'h', /^status/],
  ['POST', '/webhooks/v1/webhooks', { url: 'https://example.com' }, undefined, /^events/],
];

test('a request that breaks its specification is refused and counted', async (t) => {
  const sandbox = await startFrozen(t);
  const { call } = await openVippsClient(sandbox);
  for (const [method, path, body, key] of broken) {
    assert.equal((await call(method, path, body, key)).status, 400, path);
  }
  const { json } = await sandbox.call('GET', '/control/violations');
  const violations = json['violations'] as { provider: string; rule: string }[];
  assert.equal(violations.length, broken.length);
  for (const [at, [, path, , , rule]] of broken.entries())
    assert.match(violations[at]?.rule ?? '', rule, path);
  await sandbox.call('DELETE', '/control');
  assert.deepEqual((await sandbox.call('GET', '/control/violations')).json, { violations: [] });
});

test('access needs key, token and sales unit, and a token ends after an hour', async (t) => {
  const sandbox = await startFrozen(t);
  const { call } = await openVippsClient(sandbox);
  assert.equal((await call('GET', `${payments}/nobody-knows`)).status, 404);
  for (const headers of [
    { authorization: 'x' },
    { 'ocp-apim-subscription-key': 'vipps-demo-key' },
    { 'ocp-apim-subscription-key': 'vipps-demo-key', authorization: 'Bearer x' },
  ]) {
    assert.equal((await sandbox.call('GET', `/vipps${payments}/a`, undefined, headers)).status, 401);
  }
  await sandbox.advance(3600);
  assert.equal((await call('GET', `${payments}/nobody-knows`)).status, 401);
});

test('a restarted sandbox goes on: payments expire, keys hold, notices are still to come', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'leveret-sandbox-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const options = {
    port: 0,
    smtpPort: 0,
    realTime: false,
    serverUrl: 'http://127.0.0.1:1',
    dataFile: join(folder, 'data.jsonl'),
  };
  const former = tried(await startSandbox(options));
  const before = await openVippsClient(former);
  const listening = await before.listen(t);
  await before.pay('reference-1');
  await former.close();
  const sandbox = await startFrozen(t, options);
  const after = await openVippsClient(sandbox);
  await sandbox.advance(1);
  assert.deepEqual(listening.names(), ['CREATED']);
  const again = await after.call('POST', payments, paymentBody('reference-1'), 'key-reference-1');
  assert.equal(again.status, 201);
  await sandbox.advance(600);
  assert.equal((await after.call('GET', `${payments}/reference-1`)).json['state'], 'EXPIRED');
  assert.deepEqual(listening.names(), ['CREATED', 'EXPIRED']);
});

test('the test environment approves by itself, and an agreement accepts', async (t) => {
  const sandbox = await startFrozen(t);
  const { call, pay } = await openVippsClient(sandbox);
  await pay('reference-1');
  const approve = '/epayment/v1/test/payments/reference-1/approve';
  assert.equal((await call('POST', approve, {})).status, 400);
  const customer = { phoneNumber: '4791234567' };
  assert.equal((await call('POST', approve, { customer })).status, 200);
  assert.equal((await call('GET', `${payments}/reference-1`)).json['state'], 'AUTHORIZED');
  const events = JSON.parse((await call('GET', `${payments}/reference-1/events`)).text) as { name: string }[];
  assert.deepEqual(
    events.map((event) => event.name),
    ['CREATED', 'AUTHORIZED'],
  );
  const { json } = await call('POST', '/recurring/v3/agreements', agreement, 'key-1');
  const path = `/recurring/v3/agreements/${String(json['agreementId'])}`;
  assert.equal((await call('PATCH', `${path}/accept`, customer, 'key-2')).status, 204);
  assert.equal((await call('PATCH', `${path}/accept`, customer, 'key-3')).status, 400);
  const listed = await call('GET', '/recurring/v3/agreements');
  assert.match(listed.text, new RegExp(String(json['agreementId'])));
  const both = { status: 'STOPPED', productName: 'Other' };
  assert.equal((await call('PATCH', path, both, 'key-4')).status, 400);
});

test('the merchant gives money back in the portal', async (t) => {
  const sandbox = await startFrozen(t);
  const { call, pay } = await openVippsClient(sandbox);
  await pay('reference-1');
  await sandbox.call('POST', '/control/payments/reference-1/approve');
  const capture = { modificationAmount: { currency: 'NOK', value: 14_900 } };
  await call('POST', `${payments}/reference-1/capture`, capture, 'key-1');
  const portal = '/control/vipps/payments/reference-1/refund';
  assert.equal((await sandbox.call('POST', portal, { amountMinor: 900 })).status, 204);
  assert.equal((await sandbox.call('POST', portal, { amountMinor: 14_900 })).status, 409);
  assert.equal((await sandbox.ledger()).refunds[0]?.amountMinor, 900);
});
