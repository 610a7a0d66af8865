import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { layWorld } from '../kit/world.ts';
import { startSandbox } from '../start-sandbox.ts';
import { startFrozen, startListener, tried } from '../testing/frozen-sandbox.ts';
import { order, purchase, rels, show } from '../testing/swedbank-pay-client.ts';
import { createOrder } from './create-order.ts';
import { openSwedbankPay } from './open-swedbank-pay.ts';
import { openSwish } from './pay-in-swish.ts';
import { swedbankPaymentDesk } from './payment-desk.ts';

test('a callback is tried until it is answered 200, at the documented seconds, then no more', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  listener.answers.push(...Array.from({ length: 20 }, () => 204));
  const urls = urlsAt(listener.url);
  const { guid } = await order(sandbox, { urls });
  const started = Date.parse((await sandbox.ledger()).charges[0]?.acceptedAt ?? '');
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  await sandbox.advance(86_400);
  const { reports } = await sandbox.ledger();
  assert.deepEqual(
    reports.map((one) => (Date.parse(one.sentAt) - started) / 1000),
    [1, 30, 60, 360, 432, 864, 1265],
  );
  assert.equal(listener.received.length, 7);
  const body = JSON.parse(listener.received[0]?.body ?? '') as { paymentOrder: { id: string } };
  assert.equal(body.paymentOrder.id, `/psp/paymentorders/${guid}`);
});

test('an answer of 200 ends the tries', async (t) => {
  const sandbox = await startFrozen(t);
  const listener = await startListener(t);
  listener.answers.push(500);
  const urls = urlsAt(listener.url);
  const { guid } = await order(sandbox, { urls });
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  await sandbox.advance(86_400);
  assert.deepEqual(
    (await sandbox.ledger()).reports.map((one) => one.answered),
    [500, 200],
  );
});

test('the page shows what is paid to whom, cards that are no real ones, and how a try ended', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid, page } = await order(sandbox, { description: '<b>Month</b> & more' });
  const first = await sandbox.call('GET', page);
  assert.match(first.text, /15\.00 NOK/);
  assert.match(first.text, /Demo Avis/);
  assert.match(first.text, /&lt;b>Month&lt;\/b> &amp; more/);
  assert.match(first.text, /Visa ···· 0416/);
  assert.doesNotMatch(first.text, /4761739001010416/);
  assert.match(first.headers.get('content-security-policy') ?? '', /form-action 'self' http: https:/);
  await sandbox.call('POST', `${page}/refuse`);
  assert.match((await sandbox.call('GET', page)).text, /The card was declined/);
  await sandbox.call('POST', `${page}/card-mastercard`);
  assert.match((await sandbox.call('GET', page)).text, /3-D Secure/);
  const paid = await sandbox.call('POST', `${page}/approve`);
  assert.deepEqual([paid.status, paid.headers.get('location')], [303, 'http://localhost/complete?a=1&b=2']);
  assert.equal(
    (await sandbox.call('GET', page)).headers.get('location'),
    'http://localhost/complete?a=1&b=2',
  );
  assert.equal((await show(sandbox, guid)).paymentOrder.status, 'Paid');
  assert.equal((await sandbox.call('GET', '/pay/swedbankpay/nobody')).status, 404);
});

test('a Swish payment waits on the phone, cannot be aborted meanwhile, and times out there', async (t) => {
  const sandbox = await startFrozen(t);
  const { guid, page } = await order(sandbox, { instrument: 'Swish', currency: 'SEK' });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  assert.equal((await sandbox.call('POST', `${page}/swish`, 'mobile=nonsense', form)).status, 400);
  await sandbox.call('POST', `${page}/swish`, 'mobile=%2B46739000001', form);
  assert.deepEqual(await rels(sandbox, guid), ['redirect-checkout']);
  assert.match((await sandbox.call('GET', page)).text, /\/phone\/%2B46739000001/);
  await sandbox.advance(179);
  assert.deepEqual(await rels(sandbox, guid), ['redirect-checkout']);
  await sandbox.advance(1);
  assert.deepEqual(await rels(sandbox, guid), ['abort', 'redirect-checkout']);
  await sandbox.call('POST', `${page}/swish`, 'mobile=%2B46739000001', form);
  await sandbox.call('POST', `/control/payments/${guid}/approve`);
  assert.deepEqual(await rels(sandbox, guid), ['reversal']);
  await sandbox.advance(180);
  assert.equal((await show(sandbox, guid)).paymentOrder.failedAttempts.failedAttemptList.length, 1);
});

test('the phone of the buyer, and no other, is asked', () => {
  const world = layWorld({ realTime: false });
  const swedbank = openSwedbankPay(world);
  const asks = (mobile: string) => swedbankPaymentDesk(swedbank).asksOn?.(mobile).length;
  const made = createOrder(
    swedbank,
    'http://localhost',
    purchase('ref1', { instrument: 'Swish', currency: 'SEK' }),
  );
  assert.equal(made.status, 200);
  const [open] = swedbank.orders();
  assert.ok(open);
  assert.equal(asks('+46739000001'), 0);
  openSwish(swedbank, open, '+46739000001');
  assert.deepEqual([asks('+46739000001'), asks('+46 739 00 00 01'), asks('+46739000002')], [1, 1, 0]);
});

test('a sandbox that was killed goes on: orders, waiting callbacks and the money', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const options = {
    port: 0,
    smtpPort: 0,
    realTime: false,
    dataFile: join(folder, 'data'),
    serverUrl: 'http://127.0.0.1:1',
  };
  const listener = await startListener(t);
  const urls = urlsAt(listener.url);
  const first = await startSandbox(options);
  const { guid } = await order(tried(first), { urls });
  await tried(first).call('POST', `/control/payments/${guid}/approve`);
  await first.close();

  const second = await startSandbox(options);
  t.after(() => second.close());
  assert.equal((await show(tried(second), guid)).paymentOrder.status, 'Paid');
  assert.equal((await tried(second).ledger()).charges[0]?.state, 'reserved');
  await tried(second).advance(1);
  assert.equal(listener.received.length, 1);
  const again = await order(tried(second), {}, 'ref2');
  assert.notEqual(again.guid, guid);
});

function urlsAt(shop: string): object {
  return { hostUrls: [shop], completeUrl: shop, cancelUrl: shop, callbackUrl: `${shop}/told` };
}
