import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Client } from '@vippsmobilepay/sdk';
import { callsOf, expectDone, expectRefused, type OpenSdk, openVippsSdk } from './open-vipps-sdk.ts';

const made = new Set<string>();
const phoneNumber = '4791234567';
const amount = (value: number) => ({ currency: 'NOK' as const, value });

/** What the SDK can ask and the sandbox does not imitate. */
const notImitated = {
  'checkout.create': 'the legacy Checkout API, which nothing here speaks',
  'checkout.info': 'the same',
  'recurring.charge.createMultiple': 'charges are made one by one',
};

function pay({ sdk, token }: OpenSdk, reference: string) {
  return sdk.payment.create(token, {
    amount: amount(14_900),
    paymentMethod: { type: 'WALLET' },
    reference,
    userFlow: 'WEB_REDIRECT',
    returnUrl: 'https://example.com/return',
    paymentDescription: 'Bygdeavisa, one month',
  });
}

function draft({ sdk, token }: OpenSdk, transactionType: 'DIRECT_CAPTURE' | 'RESERVE_CAPTURE') {
  return sdk.recurring.agreement.create(token, {
    pricing: { type: 'LEGACY', amount: 14_900, currency: 'NOK' },
    interval: { unit: 'MONTH', count: 1 },
    campaign: { type: 'PERIOD_CAMPAIGN', price: 9900, period: { unit: 'MONTH', count: 1 } },
    productName: 'Bygdeavisa',
    merchantAgreementUrl: 'https://example.com/agreement',
    merchantRedirectUrl: 'https://example.com/return',
    phoneNumber,
    initialCharge: { amount: 9900, description: 'First month', transactionType, orderId: 'first-month' },
  });
}

/** An agreement that its buyer has accepted. */
async function agree(open: OpenSdk): Promise<string> {
  const { agreementId } = expectDone(await draft(open, 'DIRECT_CAPTURE'));
  expectDone(await open.sdk.recurring.agreement.forceAccept(open.token, agreementId, { phoneNumber }));
  return agreementId;
}

test('the SDK takes a token, and none for a wrong secret', async (t) => {
  const { sdk } = await openVippsSdk(t, made);
  const token = expectDone(await sdk.auth.getToken('leveret-demo', 'vipps-demo-secret'));
  assert.equal(token.token_type, 'Bearer');
  assert.equal(token.expires_in, '3600');
  const refused = expectRefused(await sdk.auth.getToken('leveret-demo', 'wrong'));
  assert.equal(refused['error'], 'invalid_client');
});

test('the SDK makes a payment, follows it, captures, gives back a part and releases the rest', async (t) => {
  const open = await openVippsSdk(t, made);
  const { sdk, token } = open;
  const created = expectDone(await pay(open, 'reference-1'));
  assert.equal(created.reference, 'reference-1');
  assert.match(created.redirectUrl ?? '', /^http/);
  assert.equal(expectDone(await sdk.payment.info(token, 'reference-1')).state, 'CREATED');
  expectDone(await sdk.payment.forceApprove(token, 'reference-1', { customer: { phoneNumber } }));
  const captured = await sdk.payment.capture(token, 'reference-1', { modificationAmount: amount(10_000) });
  assert.deepEqual(expectDone(captured).aggregate.capturedAmount, amount(10_000));
  const refunded = await sdk.payment.refund(token, 'reference-1', { modificationAmount: amount(2500) });
  assert.deepEqual(expectDone(refunded).aggregate.refundedAmount, amount(2500));
  const cancelled = expectDone(await sdk.payment.cancel(token, 'reference-1'));
  assert.equal(cancelled.state, 'AUTHORIZED');
  assert.deepEqual(cancelled.aggregate, {
    authorizedAmount: amount(14_900),
    capturedAmount: amount(10_000),
    refundedAmount: amount(2500),
    cancelledAmount: amount(4900),
  });
  const history = expectDone(await sdk.payment.history(token, 'reference-1'));
  const names = ['CREATED', 'AUTHORIZED', 'CAPTURED', 'REFUNDED', 'CANCELLED'];
  assert.deepEqual(
    history.map((event) => event.name),
    names,
  );
  assert.ok(history.every((event) => event.success && event.reference === 'reference-1'));
});

test('the SDK ends a payment that nobody approved, and reads why a second one is refused', async (t) => {
  const open = await openVippsSdk(t, made);
  expectDone(await pay(open, 'reference-1'));
  assert.equal(expectDone(await open.sdk.payment.cancel(open.token, 'reference-1')).state, 'TERMINATED');
  const problem = expectRefused(await pay(open, 'reference-1'));
  assert.equal(problem['status'], 409);
  assert.deepEqual(problem['extraDetails'], [{ name: 'ErrorCode', reason: '4150' }]);
});

test('the SDK keeps an agreement: drafted, accepted, changed, listed, stopped', async (t) => {
  const { sdk, token, ...rest } = await openVippsSdk(t, made);
  const drafted = expectDone(await draft({ sdk, token, ...rest }, 'DIRECT_CAPTURE'));
  assert.equal(drafted.chargeId, 'first-month');
  assert.match(drafted.vippsConfirmationUrl ?? '', /^http/);
  const { agreementId } = drafted;
  const { agreement } = sdk.recurring;
  assert.equal(expectDone(await agreement.info(token, agreementId)).status, 'PENDING');
  expectDone(await agreement.forceAccept(token, agreementId, { phoneNumber }));
  expectDone(await agreement.update(token, agreementId, { pricing: { amount: 19_900 } }));
  const shown = expectDone(await agreement.info(token, agreementId));
  assert.deepEqual([shown.status, shown.countryCode, shown.uuid], ['ACTIVE', 'NO', drafted.uuid]);
  assert.deepEqual(shown.pricing, { type: 'LEGACY', currency: 'NOK', amount: 19_900 });
  assert.deepEqual([shown.interval.unit, shown.interval.count], ['MONTH', 1]);
  assert.deepEqual([shown.campaign?.type, shown.campaign?.price], ['PERIOD_CAMPAIGN', 9900]);
  const active = expectDone(await agreement.list(token, 'ACTIVE'));
  assert.deepEqual(
    active.map((one) => one.id),
    [agreementId],
  );
  expectDone(await agreement.update(token, agreementId, { status: 'STOPPED' }));
  assert.deepEqual(expectDone(await agreement.list(token)), []);
  assert.equal(expectDone(await agreement.list(token, 'STOPPED')).length, 1);
});

test('the SDK charges an agreement, and gives up a charge before its day', async (t) => {
  const open = await openVippsSdk(t, made);
  const { sandbox, sdk } = open;
  const agreementId = await agree(open);
  const { charge } = sdk.recurring;
  let { token } = open;
  const { now } = (await sandbox.advance(1)).json;
  const due = new Date(Date.parse(String(now)) + 3 * 86_400_000).toISOString().slice(0, 10);
  const terms = { amount: 14_900, description: 'November', due, retryDays: 2 };
  const create = (orderId: string, transactionType: 'DIRECT_CAPTURE' | 'RESERVE_CAPTURE') =>
    charge.create(token, agreementId, { ...terms, transactionType, orderId });
  assert.equal(expectDone(await create('november-1', 'RESERVE_CAPTURE')).chargeId, 'november-1');
  expectDone(await create('november-2', 'DIRECT_CAPTURE'));
  expectDone(await charge.cancel(token, agreementId, 'november-2'));
  await sandbox.advance(4 * 86_400);
  token = expectDone(await sdk.auth.getToken('leveret-demo', 'vipps-demo-secret')).access_token;
  assert.equal(expectDone(await charge.info(token, agreementId, 'november-1')).status, 'RESERVED');
  const part = { amount: 10_000, description: 'A part' };
  expectDone(await charge.capture(token, agreementId, 'november-1', part));
  expectDone(await charge.refund(token, agreementId, 'november-1', { amount: 500, description: 'Late' }));
  const after = expectDone(await charge.infoById(token, 'november-1'));
  assert.deepEqual(after.summary, { captured: 10_000, refunded: 500, cancelled: 0 });
  assert.equal(after.agreementId, agreementId);
  const events = ['CREATE', 'RESERVE', 'CAPTURE', 'REFUND'];
  assert.deepEqual(
    after.history.map((event) => event.event),
    events,
  );
  const listed = expectDone(await charge.list(token, agreementId));
  assert.deepEqual(
    listed.map((one) => one.id),
    ['first-month', 'november-1', 'november-2'],
  );
  const cancelled = expectDone(await charge.list(token, agreementId, 'CANCELLED'));
  assert.deepEqual(
    cancelled.map((one) => one.id),
    ['november-2'],
  );
});

test('the SDK registers for notices, lists and deletes the registration', async (t) => {
  const { sdk, token } = await openVippsSdk(t, made);
  const { webhook } = sdk;
  const asked = { url: 'https://example.com/hook', events: ['epayments.payment.authorized.v1'] };
  const { id, secret } = expectDone(await webhook.register(token, asked));
  assert.ok(secret.length > 20);
  assert.deepEqual(expectDone(await webhook.list(token)).webhooks, [{ id, ...asked }]);
  expectDone(await webhook.delete(token, id));
  assert.deepEqual(expectDone(await webhook.list(token)).webhooks, []);
  assert.equal(expectRefused(await webhook.delete(token, id))['status'], 404);
});

test('what is not imitated is not found', async (t) => {
  const { sdk, token } = await openVippsSdk(t, new Set());
  const keys = ['leveret-demo', 'vipps-demo-secret'] as const;
  const session = { merchantInfo: { callbackUrl: '', returnUrl: '' }, type: 'PAYMENT' };
  const refused = [
    await sdk.checkout.create(...keys, session as never),
    await sdk.checkout.info(...keys, 'reference-1'),
    await sdk.recurring.charge.createMultiple(token, []),
  ];
  for (const answer of refused) assert.equal(expectRefused(answer)['status'], 404);
});

test('every call of the SDK was made, or is named as not imitated', () => {
  const all = callsOf(Client({ subscriptionKey: '', merchantSerialNumber: '', useTestMode: true }));
  assert.equal(all.length, 26);
  assert.deepEqual(
    all.filter((name) => !made.has(name)),
    Object.keys(notImitated),
  );
});
