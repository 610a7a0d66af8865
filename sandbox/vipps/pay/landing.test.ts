import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen, type Tried } from '../../testing/frozen-sandbox.ts';
import { openVippsClient } from '../../testing/vipps-client.ts';

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const number = '%2B4791234567';
const back = 'http://localhost:8080/pay/return';

async function open(t: Parameters<typeof startFrozen>[0], changes: object = {}) {
  const sandbox = await startFrozen(t);
  const client = await openVippsClient(sandbox);
  const path = await client.pay('reference-1', changes);
  return { sandbox, client, path };
}

async function state(sandbox: Tried): Promise<unknown> {
  const { json } = await sandbox.call('GET', '/control/payments?reference=reference-1');
  const [payment] = json['payments'] as { state: string }[];
  return payment?.state;
}

test('a buyer says whose phone is to ask, answers there, and the browser goes on', async (t) => {
  const { sandbox, path } = await open(t);
  const page = await sandbox.call('GET', path);
  assert.match(page.text, /149\.00 NOK/);
  assert.match(page.text, /Leveret demo/);
  assert.match(page.text, /Bygdeavisa, one month/);
  // A browser holds the way back, at another address, to this policy too.
  assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' http: https:/);
  assert.equal((await sandbox.call('POST', `${path}/phone`, 'mobile=nonsense', form)).status, 400);
  const asked = await sandbox.call('POST', `${path}/phone`, `mobile=${number}`, form);
  assert.deepEqual([asked.status, asked.headers.get('location')], [303, path]);
  assert.match((await sandbox.call('GET', path)).text, /http-equiv="refresh" content="3"/);

  const phone = await sandbox.call('GET', `/phone/${number}`);
  const [, approve = ''] = /action="(\/phone\/[^"]*\/approve)"/.exec(phone.text) ?? [];
  for (const _ of [1, 2]) {
    const tapped = await sandbox.call('POST', approve, '', form);
    assert.deepEqual([tapped.status, tapped.headers.get('location')], [303, `/phone/${number}`]);
  }
  assert.doesNotMatch((await sandbox.call('GET', `/phone/${number}`)).text, /\/asks\//);
  const on = await sandbox.call('GET', path);
  assert.deepEqual([on.status, on.headers.get('location')], [303, back]);
  assert.equal(await state(sandbox), 'reserved');
});

for (const [act, booked] of [
  ['approve', 'reserved'],
  ['refuse', 'declined'],
  ['abandon', 'unknown'],
] as const) {
  test(`a buyer who presses ${act} on the page is sent back, and it is booked ${booked}`, async (t) => {
    const { sandbox, path } = await open(t);
    const reply = await sandbox.call('POST', `${path}/${act}`, '', form);
    assert.deepEqual([reply.status, reply.headers.get('location')], [303, back]);
    assert.equal(await state(sandbox), booked);
  });
}

test('a card that the bank refuses may be followed by another, until the buyer gives up', async (t) => {
  const { sandbox, path } = await open(t, { amount: { currency: 'NOK', value: 151 } });
  const reply = await sandbox.call('POST', `${path}/approve`, '', form);
  assert.equal(reply.status, 200);
  assert.match(reply.text, /insufficient funds/);
  assert.equal(await state(sandbox), 'unknown');
  await sandbox.call('POST', `${path}/refuse`, '', form);
  assert.equal(await state(sandbox), 'declined');
});

test('what a merchant writes is shown as text, and an address that nobody gave out is not there', async (t) => {
  const { sandbox, path } = await open(t, { paymentDescription: '<script>alert(1)</script>' });
  assert.doesNotMatch((await sandbox.call('GET', path)).text, /<script/);
  assert.equal((await sandbox.call('GET', '/pay/vipps/nothing')).status, 404);
  assert.equal((await sandbox.call('POST', '/pay/vipps/nothing/approve', '', form)).status, 404);
});
