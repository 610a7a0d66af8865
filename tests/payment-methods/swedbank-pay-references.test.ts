import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { swedbankPayCard } from '@leveret/server/payments/methods/swedbank-pay/method.js';
import { payeeReferenceOf } from '@leveret/server/payments/methods/swedbank-pay/payee-reference.js';
import {
  attemptOf,
  chargeRequest,
  openShop,
  operation,
  type Session,
  type Shop,
} from './swedbank-pay-shop.ts';

/** A shop of a merchant who settles with the acquirer. */
async function openSettlingShop(t: TestContext): Promise<Shop> {
  const shop = await openShop(t);
  shop.context.settings = { ...shop.context.settings, referenceFormat: 'twelve digits' };
  return shop;
}

async function pay(shop: Shop): Promise<Session> {
  const session = await shop.startCard();
  await shop.press(session, 'approve');
  return session;
}

async function capture(shop: Shop, session: Session, number: number, amountMinor: number) {
  const answer = await swedbankPayCard.capture?.(
    shop.context,
    attemptOf(session),
    operation(number, amountMinor),
  );
  return answer?.kind;
}

/** The references that Swedbank Pay has for what moved money of an order. */
async function referencesOf(shop: Shop, session: Session): Promise<string[]> {
  const { baseUrl, accessToken } = shop.context.settings;
  const media = 'application/json;version=3.1';
  const reply = await fetch(`${baseUrl}${session.providerId}?$expand=financialTransactions`, {
    headers: { authorization: `Bearer ${accessToken}`, accept: media },
  });
  const { paymentOrder } = (await reply.json()) as {
    paymentOrder: { financialTransactions: { financialTransactionsList: { payeeReference: string }[] } };
  };
  return paymentOrder.financialTransactions.financialTransactionsList.map((one) => one.payeeReference);
}

test('a merchant who settles has twelve digits for every operation, each moved once', async (t) => {
  const shop = await openSettlingShop(t);
  const session = await pay(shop);
  for (let time = 0; time < 2; time += 1) {
    assert.equal(await capture(shop, session, 1, 5000), 'succeeded');
  }
  const refund = () => swedbankPayCard.refund?.(shop.context, attemptOf(session), operation(2, 2000));
  for (let time = 0; time < 2; time += 1) assert.equal((await refund())?.kind, 'succeeded');
  const [charge] = await shop.charges();
  assert.equal(charge?.capturedMinor, 5000);
  const references = await referencesOf(shop, session);
  assert.equal(references.length, 2);
  for (const reference of references) assert.match(reference, /^\d{12}$/);
  assert.deepEqual(await shop.violations(), []);
});

test('digits that are refused as used are followed by no others, as they may be on their way', async (t) => {
  const shop = await openSettlingShop(t);
  const [other, session] = [await pay(shop), await pay(shop)];
  const theirs = { ...operation(1), reference: payeeReferenceOf(operation(1).reference, 'twelve digits') };
  shop.context.settings = { ...shop.context.settings, referenceFormat: 'letters and digits' };
  assert.equal((await swedbankPayCard.capture?.(shop.context, attemptOf(other), theirs))?.kind, 'succeeded');
  shop.context.settings = { ...shop.context.settings, referenceFormat: 'twelve digits' };
  assert.equal(await capture(shop, session, 1, 5000), 'failed');
  assert.deepEqual(await referencesOf(shop, session), []);
});

test('an operation that was carried out under the other form is not carried out again', async (t) => {
  const shop = await openShop(t);
  const session = await pay(shop);
  assert.equal(await capture(shop, session, 1, 5000), 'succeeded');
  shop.context.settings = { ...shop.context.settings, referenceFormat: 'twelve digits' };
  assert.equal(await capture(shop, session, 1, 5000), 'succeeded');
  assert.equal((await referencesOf(shop, session)).length, 1);
});

test('a stored card is charged under twelve digits too', async (t) => {
  const shop = await openSettlingShop(t);
  const period = { unit: 'month', count: 1 } as const;
  const agreement = {
    productName: 'Bygdeavisa',
    amountMinor: 14_900,
    period,
    manageUrl: 'https://shop.example',
  };
  const session = await shop.startCard({ agreement });
  await shop.press(session, 'approve');
  const asked = await swedbankPayCard.ask?.(shop.context, attemptOf(session, { isAgreement: true }));
  const request = chargeRequest(shop, asked?.agreement?.token ?? '');
  assert.equal((await swedbankPayCard.charge?.(shop.context, request))?.meaning, 'secured');
  assert.deepEqual(await shop.violations(), []);
});
