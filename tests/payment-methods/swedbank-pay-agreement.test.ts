import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { swedbankPayCard, swedbankPaySwish } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import type { AgreementTerms, ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';
import { attemptOf, chargeRequest, openShop, operation, type Shop } from './swedbank-pay-shop.ts';

const agreement: AgreementTerms = {
  productName: 'Bygdeavisa',
  amountMinor: 14_900,
  period: { unit: 'month', count: 1 },
  manageUrl: 'https://bygdeavisa.example/agreement',
};

/** A shop whose buyer agreed that the card is charged later. */
async function agree(t: TestContext): Promise<{ shop: Shop; token: string }> {
  const shop = await openShop(t);
  const session = await shop.startCard({ agreement });
  await shop.press(session, 'approve');
  const evidence = await swedbankPayCard.ask?.(shop.context, attemptOf(session, { isAgreement: true }));
  assert.equal(evidence?.agreement?.state, 'active');
  return { shop, token: evidence.agreement.token };
}

async function charge(shop: Shop, request: ChargeRequest): Promise<Evidence> {
  const evidence = await swedbankPayCard.charge?.(shop.context, request);
  assert.ok(evidence);
  return evidence;
}

async function chargeOf(shop: Shop, request: ChargeRequest) {
  return (await shop.charges()).filter((one) => one.reference === request.reference);
}

test('a buyer who pays once leaves no token', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard();
  await shop.press(session, 'approve');
  const evidence = await swedbankPayCard.ask?.(shop.context, attemptOf(session, { isAgreement: true }));
  assert.deepEqual([evidence?.meaning, evidence?.agreement], ['secured', undefined]);
});

test('a stored card is charged by the answer alone, then captured; no callback comes', async (t) => {
  const { shop, token } = await agree(t);
  await shop.sandbox.advance(2000);
  const received = shop.listener.received.length;
  const request = chargeRequest(shop, token, { amountMinor: 9900 });
  const evidence = await charge(shop, request);
  assert.deepEqual([evidence.meaning, evidence.money?.authorizedMinor], ['secured', 9900]);
  const attempt = attemptOf({ providerId: evidence.providerId ?? '' });
  const taken = await swedbankPayCard.capture?.(shop.context, attempt, operation(1, 9900));
  assert.equal(taken?.kind, 'succeeded');
  await shop.sandbox.advance(2000);
  assert.equal(shop.listener.received.length, received);
  const [entry, ...more] = await chargeOf(shop, request);
  assert.deepEqual([entry?.state, entry?.capturedMinor, more.length], ['charged', 9900, 0]);
  assert.deepEqual(await shop.violations(), []);
});

for (const [amountMinor, reason] of [
  [900_361, 'insufficient funds'],
  [900_354, 'card expired'],
  [952_400, 'declined'],
] as const) {
  test(`a stored card is refused at ${amountMinor}: ${reason}`, async (t) => {
    const { shop, token } = await agree(t);
    const request = chargeRequest(shop, token, { amountMinor });
    const evidence = await charge(shop, request);
    assert.deepEqual([evidence.meaning, evidence.reason], ['declined', reason]);
    assert.equal((await chargeOf(shop, request))[0]?.state, 'declined');
  });
}

test('the same reference twice charges once, and the second answer is no decline', async (t) => {
  const { shop, token } = await agree(t);
  const request = chargeRequest(shop, token);
  assert.equal((await charge(shop, request)).meaning, 'secured');
  const again = await charge(shop, request);
  assert.deepEqual([again.meaning, again.isUnresolvable], ['unknown', true]);
  assert.equal((await chargeOf(shop, request)).length, 1);
});

for (const [kind, meaning, booked] of [
  ['timeout-after-success', 'unknown', 1],
  ['timeout-before', 'unknown', 0],
  ['error-500', 'unknown', 0],
  ['slow', 'secured', 1],
] as const) {
  test(`${kind} while a stored card is charged: ${meaning}`, async (t) => {
    const { shop, token } = await agree(t);
    await shop.fault(kind, { times: 1, milliseconds: 20 });
    const request = chargeRequest(shop, token);
    assert.equal((await charge(shop, request)).meaning, meaning);
    assert.equal((await chargeOf(shop, request)).length, booked);
  });
}

test('the acquirer cannot be reached: nobody knows, so nobody says that it was declined', async (t) => {
  const { shop, token } = await agree(t);
  const evidence = await charge(shop, chargeRequest(shop, token, { amountMinor: 900_391 }));
  assert.deepEqual([evidence.meaning, evidence.code], ['unknown', 'acquirergatewayerror']);
});

test('a stored card that was ended is never charged again', async (t) => {
  const { shop, token } = await agree(t);
  const stop = () => swedbankPayCard.stopAgreement?.(shop.context, { token, reference: 's1' });
  assert.equal((await stop())?.kind, 'succeeded');
  assert.equal((await stop())?.kind, 'succeeded');
  const evidence = await charge(shop, chargeRequest(shop, token));
  assert.deepEqual(
    [evidence.meaning, evidence.code, evidence.agreement?.state],
    ['declined', 'paymenttokeninactive', 'stopped'],
  );
  assert.deepEqual(await shop.violations(), []);
});

test('a card is kept before a trial, without money, and charged afterwards', async (t) => {
  const shop = await openShop(t);
  const session = await shop.startCard({ agreement, amountMinor: 0, vatMinor: 0 });
  await shop.press(session, 'approve');
  const asked = await swedbankPayCard.ask?.(
    shop.context,
    attemptOf(session, { amountMinor: 0, isAgreement: true }),
  );
  assert.deepEqual([asked?.meaning, asked?.money?.authorizedMinor], ['secured', 0]);
  const evidence = await charge(shop, chargeRequest(shop, asked?.agreement?.token ?? ''));
  assert.deepEqual([evidence.meaning, evidence.money?.authorizedMinor], ['secured', 14_900]);
  assert.deepEqual(await shop.violations(), []);
});

test('without a stored card, or with Swish, there is nothing to charge later', async (t) => {
  const shop = await openShop(t);
  const { agreementToken: _, ...request } = chargeRequest(shop, 'none');
  assert.equal((await charge(shop, request)).meaning, 'declined');
  const swish = await swedbankPaySwish.start?.(shop.context, shop.request({ currency: 'SEK', agreement }));
  assert.equal(swish?.kind, 'refused');
  assert.deepEqual(await shop.charges(), []);
});
