import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AttemptFacts } from '@leveret/server/payments/port/payment-request.js';
import { method, openShop, operation, purchase, reference, type Shop } from './kustom-shop.ts';

async function books(shop: Shop, attempt: AttemptFacts): Promise<unknown[]> {
  const charge = await shop.booked(attempt);
  const { refunds } = await shop.sandbox.ledger();
  const refunded = refunds.reduce((total, refund) => total + refund.amountMinor, 0);
  return [charge?.state, charge?.capturedMinor, refunded];
}

test('an order is captured and refunded in parts, each once for its reference', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay();
  const first = operation({ amountMinor: 5000, vatMinor: 1000 });
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await method.capture(shop.context, attempt, first)).kind, 'succeeded');
  }
  assert.deepEqual(await books(shop, attempt), ['charged', 5000, 0]);
  const line = { reference: 'GUIDE', name: 'The guide', quantity: 1, vatBasisPoints: 2500, vatMinor: 1500 };
  const lines = [{ ...line, unitPriceMinor: 7500, amountMinor: 7500 }];
  const rest = operation({ amountMinor: 7500, vatMinor: 1500, lines });
  assert.equal((await method.capture(shop.context, attempt, rest)).kind, 'succeeded');
  const tooMuch = await method.capture(shop.context, attempt, operation({ amountMinor: 1 }));
  assert.deepEqual([tooMuch.kind, 'code' in tooMuch && tooMuch.code], ['failed', 'CAPTURE_NOT_ALLOWED']);

  const part = operation({ amountMinor: 6000, vatMinor: 1200 });
  for (let time = 0; time < 2; time += 1) {
    assert.equal((await method.refund(shop.context, attempt, part)).kind, 'succeeded');
  }
  assert.deepEqual(await books(shop, attempt), ['charged', 12_500, 6000]);
  assert.equal((await method.refund(shop.context, attempt, operation())).kind, 'failed');
  const left = operation({ amountMinor: 6500, vatMinor: 1300 });
  assert.equal((await method.refund(shop.context, attempt, left)).kind, 'succeeded');
  const { money } = await shop.ask(attempt);
  assert.deepEqual(money, {
    authorizedMinor: 12_500,
    capturedMinor: 12_500,
    refundedMinor: 12_500,
    cancelledMinor: 0,
  });
  assert.deepEqual(await shop.violations(), []);
});

const lostAnswers: [kind: string, booked: string][] = [
  ['error-500', 'reserved'],
  ['timeout-before', 'reserved'],
  ['timeout-after-success', 'charged'],
];

for (const [kind, booked] of lostAnswers) {
  test(`a capture under ${kind} is unknown, and repeating it takes the money once`, async (t) => {
    const shop = await openShop(t);
    const attempt = await shop.pay();
    const whole = operation();
    await shop.fault(kind, { milliseconds: 0 });
    assert.equal((await method.capture(shop.context, attempt, whole)).kind, 'unknown');
    assert.equal((await shop.booked(attempt))?.state, booked);
    assert.equal((await method.capture(shop.context, attempt, whole)).kind, 'succeeded');
    assert.deepEqual(await books(shop, attempt), ['charged', 12_500, 0]);
    const back = operation();
    await shop.fault(kind, { milliseconds: 0 });
    assert.equal((await method.refund(shop.context, attempt, back)).kind, 'unknown');
    assert.equal((await method.refund(shop.context, attempt, back)).kind, 'succeeded');
    assert.deepEqual(await books(shop, attempt), ['charged', 12_500, 12_500]);
  });
}

test('a refused login takes nothing, and the operation may be tried again', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay();
  const stranger = { ...shop.context, settings: { ...shop.context.settings, password: 'wrong' } };
  const whole = operation();
  assert.equal((await method.capture(stranger, attempt, whole)).kind, 'not sent');
  const reserved = { ...operation(), scope: 'reserved' as const };
  assert.equal((await method.cancel(stranger, attempt, reserved)).kind, 'not sent');
  assert.deepEqual(await books(shop, attempt), ['reserved', 0, 0]);
  assert.equal((await method.capture(shop.context, attempt, whole)).kind, 'succeeded');
});

test('a capture whose key was forgotten is found by its reference', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay();
  const whole = operation();
  const path = `/kustom/ordermanagement/v1/orders/${attempt.providerId}/captures`;
  const body = { captured_amount: 12_500, reference: whole.reference };
  const login = Buffer.from('kco-demo:kustom-demo-password').toString('base64');
  const reply = await shop.sandbox.call('POST', path, body, { authorization: `Basic ${login}` });
  assert.equal(reply.status, 201);
  const again = await method.capture(shop.context, attempt, whole);
  assert.deepEqual([again.kind, 'money' in again && again.money?.capturedMinor], ['succeeded', 12_500]);
});

test('what is reserved is let go, all of it or what a capture left', async (t) => {
  const shop = await openShop(t);
  const reserved = { ...operation(), scope: 'reserved' as const };
  const untouched = await shop.pay();
  assert.equal((await method.cancel(shop.context, untouched, reserved)).kind, 'succeeded');
  assert.equal((await method.cancel(shop.context, untouched, reserved)).kind, 'succeeded');
  assert.deepEqual(await books(shop, untouched), ['released', 0, 0]);
  assert.equal((await method.capture(shop.context, untouched, operation())).kind, 'failed');

  const started = await shop.pay();
  await method.capture(shop.context, started, operation({ amountMinor: 5000, vatMinor: 1000 }));
  const rest = { ...operation(), scope: 'reserved' as const };
  await shop.fault('timeout-after-success', { milliseconds: 0 });
  assert.equal((await method.cancel(shop.context, started, rest)).kind, 'unknown');
  assert.equal((await method.cancel(shop.context, started, rest)).kind, 'succeeded');
  assert.deepEqual(await books(shop, started), ['charged', 5000, 0]);
  assert.equal((await shop.ask(started)).money?.cancelledMinor, 7500);
});

test('a review is neither captured nor lost, and can be given up', async (t) => {
  const shop = await openShop(t);
  const attempt = await shop.pay({ email: 'kari+pend-accept-60@example.com' });
  assert.equal((await method.capture(shop.context, attempt, operation())).kind, 'failed');
  const reserved = { ...operation(), scope: 'reserved' as const };
  assert.equal((await method.cancel(shop.context, attempt, reserved)).kind, 'succeeded');
  assert.equal((await shop.ask(attempt)).meaning, 'aborted');
  await shop.sandbox.advance(3600);
  assert.deepEqual(await books(shop, attempt), ['declined', 0, 0]);
});

const monthly = {
  productName: 'Daily',
  amountMinor: 12_500,
  period: { unit: 'month', count: 1 },
  manageUrl: 'http://localhost:8080/user',
} as const;

async function agree(shop: Shop, email: string): Promise<string> {
  const attempt = await shop.pay({ agreement: monthly, email });
  const { agreement } = await shop.ask(attempt);
  assert.equal(agreement?.state, 'active');
  return agreement?.token ?? '';
}

function renewal(agreementToken: string | undefined) {
  const { agreement: _, ...request } = purchase('http://localhost:8080/notices', { agreement: monthly });
  return { ...request, validitySeconds: 600, askedAt: new Date(), isFirstCharge: false, agreementToken };
}

test('a buyer who agreed is charged again without being there, until the agreement ends', async (t) => {
  const shop = await openShop(t);
  const token = await agree(shop, 'kari@example.com');
  const evidence = await method.charge(shop.context, renewal(token));
  assert.deepEqual([evidence.meaning, evidence.money?.authorizedMinor], ['secured', 12_500]);
  const attempt: AttemptFacts = {
    ...renewal(token),
    reference: reference(),
    providerId: evidence.providerId,
    money: { authorizedMinor: 0, capturedMinor: 0, refundedMinor: 0, cancelledMinor: 0 },
    isAgreement: false,
  };
  assert.equal((await shop.ask(attempt)).meaning, 'secured');
  assert.deepEqual(await books(shop, attempt), ['reserved', 0, 0]);
  assert.equal((await method.capture(shop.context, attempt, operation())).kind, 'succeeded');

  const stop = { token, reference: reference() };
  assert.equal((await method.askAgreement(shop.context, token)).agreement?.state, 'active');
  assert.equal((await method.stopAgreement(shop.context, stop)).kind, 'succeeded');
  assert.equal((await method.stopAgreement(shop.context, stop)).kind, 'succeeded');
  assert.equal((await method.askAgreement(shop.context, token)).agreement?.state, 'stopped');
  const ended = await method.charge(shop.context, renewal(token));
  assert.deepEqual(
    [ended.meaning, ended.code, ended.agreement?.state],
    ['declined', 'TOKEN_CANCELLED', 'stopped'],
  );
  assert.deepEqual(await shop.violations(), []);
});

test('a buyer who agrees before a trial has a token, and nothing is reserved', async (t) => {
  const shop = await openShop(t);
  const line = { reference: '1', name: 'Daily', quantity: 1, unitPriceMinor: 0, amountMinor: 0 };
  const lines = [{ ...line, vatBasisPoints: 0, vatMinor: 0, renewsEvery: monthly.period }];
  const attempt = await shop.pay({ agreement: monthly, amountMinor: 0, vatMinor: 0, lines });
  const { meaning, money, agreement } = await shop.ask(attempt);
  assert.deepEqual([meaning, money?.authorizedMinor ?? 0, agreement?.state], ['secured', 0, 'active']);
  const charged = await method.charge(shop.context, renewal(agreement?.token));
  assert.equal(charged.meaning, 'secured');
  assert.deepEqual(await shop.violations(), []);
});

const refusals: [email: string, code: string, reason: string][] = [
  ['kari+token-failed@example.com', 'PAYMENT_METHOD_FAILED', 'declined'],
  ['kari+token-suspended@example.com', 'TOKEN_SUSPENDED', 'not eligible'],
];

test('a token that cannot be charged declines with a reason', async (t) => {
  const shop = await openShop(t);
  for (const [email, code, reason] of refusals) {
    const evidence = await method.charge(shop.context, renewal(await agree(shop, email)));
    assert.deepEqual([evidence.meaning, evidence.code, evidence.reason], ['declined', code, reason]);
  }
  assert.equal((await method.charge(shop.context, renewal(undefined))).code, 'no agreement');
  assert.equal((await method.charge(shop.context, renewal('nobody'))).code, 'TOKEN_NOT_FOUND');
});

test('a charge whose answer is lost is unknown, and not charged again', async (t) => {
  const shop = await openShop(t);
  const token = await agree(shop, 'kari@example.com');
  const before = (await shop.sandbox.ledger()).charges.length;
  for (const [kind, charges] of [
    ['error-500', 0],
    ['timeout-before', 0],
    ['timeout-after-success', 1],
  ] as const) {
    await shop.fault(kind, { milliseconds: 0 });
    assert.equal((await method.charge(shop.context, renewal(token))).meaning, 'unknown');
    assert.equal((await shop.sandbox.ledger()).charges.length, before + charges, kind);
  }
  assert.equal(method.chargeRepeats, false);
});
