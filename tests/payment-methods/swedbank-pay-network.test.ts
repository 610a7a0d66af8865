import assert from 'node:assert/strict';
import { test } from 'node:test';
import { swedbankPayCard, swedbankPaySwish } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import type { MethodContext } from '@leveret/server/payments/port/payment-method.js';
import { attemptOf, openShop } from './swedbank-pay-shop.ts';

for (const [kind, started, booked] of [
  ['error-500', 'unknown', 0],
  ['timeout-before', 'unknown', 0],
  ['timeout-after-success', 'unknown', 1],
  ['slow', 'started', 1],
] as const) {
  test(`${kind} while a session is made: ${started}, and no money moves`, async (t) => {
    const shop = await openShop(t);
    await shop.fault(kind, { times: 1, milliseconds: 20 });
    const answer = await swedbankPayCard.start?.(shop.context, shop.request());
    assert.equal(answer?.kind, started);
    const charges = await shop.charges();
    assert.deepEqual(
      charges.map((one) => one.state),
      Array.from({ length: booked }, () => 'unknown'),
    );
  });

  test(`${kind} while an order is read says nothing that is not so`, async (t) => {
    const shop = await openShop(t);
    const session = await shop.startCard();
    await shop.press(session, 'approve');
    await shop.fault(kind, { times: 1, milliseconds: 20 });
    const evidence = await swedbankPayCard.ask?.(shop.context, attemptOf(session));
    assert.equal(evidence?.meaning, kind === 'slow' ? 'secured' : 'unknown');
    assert.notEqual(evidence?.isUnresolvable, true);
  });
}

test('an abort whose answer is lost is unknown, and repeating it ends well', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard();
  const operation = { reference: 'c1', description: '', scope: 'unpaid only' } as const;
  const cancel = () => swedbankPayCard.cancel?.(shop.context, attemptOf(session), operation);
  // Of two requests the second is hit: the abort itself.
  await shop.fault('timeout-after-success', { milliseconds: 0, rate: 0.5, seed: 4, times: 1 });
  assert.equal((await cancel())?.kind, 'unknown');
  await shop.sandbox.call('DELETE', '/control/faults');
  assert.equal((await shop.charges())[0]?.state, 'declined');
  assert.equal((await cancel())?.kind, 'succeeded');
});

test('one reference makes one session', async (t) => {
  const shop = await openShop(t);
  const request = shop.request();
  assert.equal((await swedbankPayCard.start?.(shop.context, request))?.kind, 'started');
  const again = await swedbankPayCard.start?.(shop.context, request);
  assert.ok(again?.kind === 'refused');
  assert.equal((await shop.charges()).length, 1);
  assert.deepEqual(await shop.violations(), []);
});

test('Swish takes Swedish crowns only', async (t) => {
  const shop = await openShop(t);
  const answer = await swedbankPaySwish.start?.(shop.context, shop.request({ currency: 'NOK' }));
  assert.deepEqual([answer?.kind, answer?.kind === 'refused' && answer.code], ['refused', 'configerror']);
});

test('an id that is no order is never called', async (t) => {
  const shop = await openShop(t);
  let calls = 0;
  const http: MethodContext['http'] = {
    ...shop.context.http,
    send(request) {
      calls += 1;
      return shop.context.http.send(request);
    },
  };
  const ids = [
    'http://169.254.169.254/',
    '/psp/paymentorders/../../x',
    '@evil.example/',
    '',
    '/psp/paymentorders/',
  ];
  for (const providerId of ids) {
    const attempt = attemptOf({ providerId });
    const evidence = await swedbankPayCard.ask?.({ ...shop.context, http }, attempt);
    assert.equal(evidence?.meaning, 'unknown');
  }
  assert.equal(calls, 0);
});

const faults: [string, object, (string | undefined)[]][] = [
  ['all is well', {}, []],
  ['a wrong token', { accessToken: 'wrong' }, ['accessToken']],
  ['a payee id of another form', { payeeId: '12345' }, ['payeeId']],
  ['an address where nobody is', { baseUrl: 'http://127.0.0.1:1/swedbankpay' }, ['baseUrl']],
];
for (const [name, changes, settings] of faults) {
  test(`the settings are tried: ${name}`, async (t) => {
    const shop = await openShop(t);
    const tried = { ...shop.context, settings: { ...shop.context.settings, ...changes } };
    const found = await swedbankPayCard.testSettings?.(tried);
    assert.deepEqual(
      found?.map((one) => one.setting),
      settings,
    );
    assert.deepEqual(await shop.charges(), []);
    assert.deepEqual(await shop.violations(), []);
  });
}
