import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Received } from '@leveret/sandbox/testing/frozen-sandbox.js';
import { vippsEpayment } from '@leveret/server/payments/methods/vipps-epayment/method.js';
import { vippsRecurring } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { NoticeReading } from '@leveret/server/payments/port/notice.js';
import type { MethodSettings } from '@leveret/server/payments/port/payment-method.js';
import { openVippsStage, startRequest, type VippsStage } from './vipps-stage.ts';

const terms = {
  productName: 'Bygdeavisa',
  amountMinor: 14_900,
  period: { unit: 'month', count: 1 },
  manageUrl: 'http://localhost:8080/me/agreements/1',
} as const;

/** What the method makes of a notice as it came, at whatever address our server was reached. */
function read(settings: MethodSettings, received: Received, raw = received.body): NoticeReading | undefined {
  const headers = Object.fromEntries(
    Object.entries(received.headers).map(([name, value]) => [name, String(value)]),
  );
  return vippsEpayment.readNotice?.(settings, {
    method: 'POST',
    url: 'https://elsewhere.example/behind/a/proxy',
    topic: '',
    query: {},
    headers,
    authorization: headers['authorization'],
    body: JSON.parse(raw),
    raw,
  });
}

async function startPayment(stage: VippsStage) {
  const request = startRequest();
  assert.equal((await vippsEpayment.start?.(stage.context, request))?.kind, 'started');
  return request;
}

test('a signed notice leads to asking for what it is about', async (t) => {
  const stage = await openVippsStage(t);
  const { listener, settings } = await stage.register(vippsEpayment);
  const request = await startPayment(stage);
  await stage.decide(request.reference, 'approve');
  const agreement = startRequest({ agreement: terms });
  const started = await vippsRecurring.start?.(stage.context, agreement);
  assert.ok(started?.kind === 'started');
  await stage.decide(started.providerId, 'approve');
  const stop = `/control/vipps/agreements/${started.providerId}/stop`;
  assert.equal((await stage.sandbox.call('POST', stop)).status, 204);
  assert.deepEqual(
    listener.received.map((received) => read(settings, received)),
    [
      { kind: 'ask', about: { reference: request.reference } },
      { kind: 'ask', about: { reference: agreement.reference } },
      { kind: 'ask', about: { reference: agreement.reference } },
      { kind: 'agreement', token: started.providerId },
    ],
  );
  assert.equal(
    (await vippsRecurring.askAgreement?.(stage.context, started.providerId))?.agreement?.state,
    'stopped',
  );
  await stage.keptContract();
});

test('a forged notice, a changed one and one without a registration are refused', async (t) => {
  const stage = await openVippsStage(t);
  const { listener, settings } = await stage.register(vippsEpayment);
  const request = await startPayment(stage);
  await stage.fault('wrong-signature');
  await stage.decide(request.reference, 'refuse');
  const [forged, real] = listener.received;
  assert.ok(forged && real);
  assert.match(forged.body, /AUTHORIZED/);
  const wrong = { kind: 'refused', reason: 'wrong credentials' };
  assert.deepEqual(read(settings, forged), wrong);
  assert.deepEqual(read(settings, real), { kind: 'ask', about: { reference: request.reference } });
  assert.deepEqual(read(settings, real, real.body.replace('ABORTED', 'AUTHORIZED')), wrong);
  assert.deepEqual(read(stage.context.settings, real), wrong);
});

test('an event that nobody has heard of is taken, so that it holds up no other', async (t) => {
  const stage = await openVippsStage(t);
  const { settings } = await stage.register(vippsEpayment);
  const { signNotice } = await import('@leveret/sandbox/vipps/webhooks/sign-notice.js');
  const body = '{"something":"new"}';
  const url = settings['noticeUrl'] ?? '';
  const headers = signNotice(
    { url, secret: settings['webhookSecret'] ?? '' },
    body,
    'Thu, 30 Mar 2023 08:38:32 GMT',
  );
  assert.deepEqual(read(settings, { path: '', headers, body }), { kind: 'ignored' });
});

test('a registration is kept, made again when it is gone, and moved with our address', async (t) => {
  const stage = await openVippsStage(t);
  const { noticeUrl, settings } = await stage.register(vippsEpayment);
  const register = (given: MethodSettings, url: string) =>
    vippsRecurring.registerNotices?.({ ...stage.context, settings: given }, url);
  assert.deepEqual(await register(settings, noticeUrl), { kind: 'kept' });
  const lost = await register(stage.context.settings, noticeUrl);
  assert.ok(lost?.kind === 'registered');
  assert.notEqual(lost.settings['webhookId'], settings['webhookId']);
  const again = await register(settings, noticeUrl);
  assert.ok(again?.kind === 'registered');
  const moved = await register({ ...settings, ...again.settings }, `${noticeUrl}&moved=1`);
  assert.ok(moved?.kind === 'registered');
  assert.equal(moved.settings['noticeUrl'], `${noticeUrl}&moved=1`);
  const kept = { ...settings, ...moved.settings };
  assert.deepEqual(await register(kept, `${noticeUrl}&moved=1`), { kind: 'kept' });
  await stage.fault('error-500');
  assert.deepEqual(await register(kept, noticeUrl), { kind: 'failed', code: 'http 500' });
  await stage.keptContract();
});

test('a registration ends, and one of another account of the same sales unit stays', async (t) => {
  const stage = await openVippsStage(t);
  const [{ settings: one }, { settings: other, noticeUrl }] = [
    await stage.register(vippsEpayment),
    await stage.register(vippsRecurring),
  ];
  const end = (settings: MethodSettings) =>
    vippsRecurring.unregisterNotices?.({ ...stage.context, settings });
  await stage.fault('error-500');
  assert.deepEqual(await end(one), { kind: 'failed', code: 'http 500' });
  for (const _ of [1, 2]) assert.deepEqual(await end(one), { kind: 'gone' });
  assert.deepEqual(await end(stage.context.settings), { kind: 'gone' });
  const kept = await vippsEpayment.registerNotices?.({ ...stage.context, settings: other }, noticeUrl);
  assert.deepEqual(kept, { kind: 'kept' });
  assert.equal(
    (await vippsEpayment.registerNotices?.({ ...stage.context, settings: one }, 'http://localhost:1/x'))
      ?.kind,
    'registered',
  );
  await stage.keptContract();
});

test('a token is asked for anew when it has expired at the provider', async (t) => {
  const stage = await openVippsStage(t);
  await startPayment(stage);
  await stage.sandbox.advance(3 * 3600);
  await startPayment(stage);
  assert.equal((await stage.booked()).charges.length, 2);
});

const wrongSettings: [string, Record<string, string>, string | undefined][] = [
  ['nothing', {}, undefined],
  ['the client', { clientId: 'somebody' }, 'clientSecret'],
  ['the secret', { clientSecret: 'guessed' }, 'clientSecret'],
  ['the subscription key', { subscriptionKey: 'guessed' }, 'subscriptionKey'],
  ['the merchant number', { merchantSerialNumber: '654321' }, 'merchantSerialNumber'],
  ['the address', { baseUrl: 'http://127.0.0.1:1' }, 'baseUrl'],
];

test('a test of the settings says in words which of them is wrong', async (t) => {
  const stage = await openVippsStage(t);
  for (const [what, changes, setting] of wrongSettings) {
    const settings = { ...stage.context.settings, ...changes };
    const faults = await vippsEpayment.testSettings?.({ ...stage.context, settings });
    assert.deepEqual(
      faults?.map((one) => one.setting),
      setting === undefined ? [] : [setting],
      what,
    );
    for (const one of faults ?? []) assert.match(one.text, /^[A-Za-z].*\.$/);
  }
});

test('with keys that are not right nothing is sent, nothing is known, and all may be tried later', async (t) => {
  const stage = await openVippsStage(t);
  const context = { ...stage.context, settings: { ...stage.context.settings, clientSecret: 'guessed' } };
  const started = await vippsEpayment.start?.(context, startRequest());
  assert.deepEqual(started, { kind: 'not sent', code: 'token http 401' });
});
