import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vippsRecurring as method } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';
import {
  attemptOf,
  newReference,
  openVippsStage,
  operation,
  startRequest,
  type VippsStage,
} from './vipps-stage.ts';

const { start, charge, ask, capture, cancel, refund, stopAgreement, changeAgreement, askAgreement } = method;
assert.ok(start && charge && ask && capture && cancel && refund);
assert.ok(stopAgreement && changeAgreement && askAgreement);

const terms = {
  productName: 'Bygdeavisa, a name that is longer than the app shows',
  amountMinor: 14_900,
  period: { unit: 'month', count: 1 },
  manageUrl: 'http://localhost:8080/me/agreements/1',
} as const;
const unpaid = { description: '', scope: 'unpaid only' } as const;
const daySeconds = 86_400;

async function begin(stage: VippsStage, changes: object = {}) {
  const request = startRequest({ agreement: terms, ...changes });
  const started = await start?.(stage.context, request);
  assert.ok(started?.kind === 'started', JSON.stringify(started));
  return { request, started, id: started.providerId, attempt: attemptOf(request, started.providerId) };
}

async function active(stage: VippsStage) {
  const begun = await begin(stage);
  await stage.decide(begun.id, 'approve');
  return begun;
}

function renewal(agreementToken: string, changes: Partial<ChargeRequest> = {}): ChargeRequest {
  const { agreement: _, ...request } = startRequest();
  const dueOn = new Date(Date.now() + 3 * daySeconds * 1000).toISOString().slice(0, 10);
  const validitySeconds = 2 * daySeconds;
  return { ...request, agreementToken, validitySeconds, isFirstCharge: false, dueOn, ...changes };
}

function attemptOfCharge(request: ChargeRequest, providerId?: string) {
  return attemptOf({ ...request, agreement: undefined }, providerId);
}

test('an agreement is made once, approved with its first payment, and given back in parts', async (t) => {
  const stage = await openVippsStage(t);
  const { request, started, id, attempt } = await begin(stage);
  assert.deepEqual(await start(stage.context, request), started);
  assert.deepEqual((await ask(stage.context, attempt)).meaning, 'pending');
  await stage.decide(id, 'approve');
  const secured = await ask(stage.context, attempt);
  assert.equal(secured.meaning, 'secured');
  assert.deepEqual(secured.agreement, { token: id, state: 'active' });
  assert.deepEqual([secured.money?.authorizedMinor, secured.money?.capturedMinor], [14_900, 14_900]);
  const found = await ask(stage.context, { ...attempt, providerId: undefined });
  assert.deepEqual([found.meaning, found.providerId], ['secured', id]);

  const part = operation(900);
  for (const _ of [1, 2]) {
    const given = await refund(stage.context, attempt, part);
    assert.ok(given.kind === 'succeeded' && given.money?.refundedMinor === 900);
  }
  assert.equal((await refund(stage.context, attempt, operation(14_000))).kind, 'succeeded');
  assert.equal((await refund(stage.context, attempt, operation(100))).kind, 'failed');
  const after = await ask(stage.context, attempt);
  assert.deepEqual([after.meaning, after.money?.refundedMinor], ['secured', 14_900]);
  assert.equal(after.agreement?.state, 'active');
  assert.deepEqual(await stage.booked(), { charges: [['charged', 14_900, 14_900]], refundedMinor: 14_900 });
  await stage.keptContract();
});

test('a first period that is free has no first payment', async (t) => {
  const stage = await openVippsStage(t);
  const { id, attempt } = await begin(stage, { amountMinor: 0, lines: [] });
  assert.equal((await ask(stage.context, attempt)).meaning, 'pending');
  await stage.decide(id, 'approve');
  const secured = await ask(stage.context, attempt);
  assert.deepEqual([secured.meaning, secured.money?.capturedMinor], ['secured', 0]);
  assert.deepEqual(secured.agreement, { token: id, state: 'active' });
  assert.equal((await ask(stage.context, { ...attempt, providerId: undefined })).meaning, 'not_sent');
  assert.deepEqual((await stage.booked()).charges, [['charged', 0, 0]]);
  await stage.keptContract();
});

const endings: [string, 'refuse' | 'expire' | 'abandon' | 'approve', number, string, string][] = [
  ['refuses', 'refuse', 14_900, 'aborted', 'cancelled'],
  ['lets the time pass', 'expire', 14_900, 'expired', 'timed out'],
  ['walks away', 'abandon', 14_900, 'expired', 'timed out'],
  ['has no money', 'approve', 151, 'declined', 'declined'],
];

for (const [what, decision, amountMinor, meaning, reason] of endings) {
  test(`a buyer who ${what} has no agreement and pays nothing`, async (t) => {
    const stage = await openVippsStage(t);
    const { id, attempt } = await begin(stage, { amountMinor });
    await stage.decide(id, decision);
    if (decision === 'abandon') {
      assert.equal((await ask(stage.context, attempt)).meaning, 'pending');
      await stage.sandbox.advance(600);
    }
    const ended = await ask(stage.context, attempt);
    assert.deepEqual([ended.meaning, ended.reason], [meaning, reason]);
    assert.equal(ended.agreement?.state, 'stopped');
    assert.deepEqual((await stage.booked()).charges, [['declined', amountMinor, 0]]);
    await stage.keptContract();
  });
}

test('an agreement is charged on its day, once for a reference', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await active(stage);
  const request = renewal(id);
  const attempt = attemptOfCharge(request, id);
  for (const _ of [1, 2]) {
    const made: Evidence = await charge(stage.context, request);
    assert.deepEqual([made.meaning, made.providerId], ['pending', id]);
  }
  assert.equal((await ask(stage.context, attempt)).meaning, 'pending');
  await stage.sandbox.advance(4 * daySeconds);
  for (const providerId of [id, undefined]) {
    const paid: Evidence = await ask(stage.context, { ...attempt, providerId });
    assert.deepEqual([paid.meaning, paid.money?.capturedMinor, paid.providerId], ['secured', 14_900, id]);
  }
  assert.equal((await refund(stage.context, attempt, operation(900))).kind, 'succeeded');
  const changed = await charge(stage.context, { ...request, amountMinor: 1000 });
  assert.deepEqual([changed.meaning, changed.code], ['unknown', 'idempotency-conflict']);
  assert.deepEqual(await stage.booked(), {
    charges: [
      ['charged', 14_900, 14_900],
      ['charged', 14_900, 14_900],
    ],
    refundedMinor: 900,
  });
  await stage.keptContract();
});

test('a charge that the bank refuses is tried as long as it is valid, then declined', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await active(stage);
  const request = renewal(id, { amountMinor: 151 });
  await charge(stage.context, request);
  await stage.sandbox.advance(4 * daySeconds);
  assert.equal((await ask(stage.context, attemptOfCharge(request, id))).meaning, 'pending');
  await stage.sandbox.advance(3 * daySeconds);
  const declined = await ask(stage.context, attemptOfCharge(request, id));
  assert.deepEqual([declined.meaning, declined.reason], ['declined', 'declined']);
  assert.equal(declined.code, 'FAILED user_action_required');
  await stage.keptContract();
});

test('a charge is given up before its day, and not when it is paid', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await active(stage);
  const [given, paid] = [renewal(id), renewal(id)];
  for (const request of [given, paid]) await charge(stage.context, request);
  await stage.decide(paid.reference, 'approve');
  const attempts = [given, paid].map((request) => attemptOfCharge(request, id));
  const answers = await Promise.all(
    attempts.map((attempt) => cancel(stage.context, attempt, { ...unpaid, reference: newReference() })),
  );
  assert.deepEqual(
    answers.map((one) => one.kind),
    ['succeeded', 'already secured'],
  );
  await stage.sandbox.advance(5 * daySeconds);
  const outcomes = await Promise.all(attempts.map((attempt) => ask(stage.context, attempt)));
  assert.deepEqual(
    outcomes.map((one) => one.meaning),
    ['aborted', 'secured'],
  );
  assert.deepEqual((await stage.booked()).charges.slice(1), [
    ['declined', 14_900, 0],
    ['charged', 14_900, 14_900],
  ]);
  await stage.keptContract();
});

test('giving up an agreement ends it before consent, and says so when the buyer was faster', async (t) => {
  const stage = await openVippsStage(t);
  const open = await begin(stage);
  for (const reference of [newReference(), newReference()]) {
    const ended = await cancel(stage.context, open.attempt, { ...unpaid, reference });
    assert.equal(ended.kind, 'succeeded');
  }
  assert.equal(await stage.decide(open.id, 'approve'), 409);
  const paid = await active(stage);
  const late = await cancel(stage.context, paid.attempt, { ...unpaid, reference: newReference() });
  assert.equal(late.kind, 'already secured');
  assert.equal((await ask(stage.context, paid.attempt)).agreement?.state, 'active');
  await stage.keptContract();
});

test('an agreement gets a new price, is stopped for good, and is charged no more', async (t) => {
  const stage = await openVippsStage(t);
  const { id, attempt } = await active(stage);
  const change = { token: id, reference: newReference(), amountMinor: 19_900, currency: 'NOK' };
  assert.equal((await changeAgreement(stage.context, change)).kind, 'succeeded');
  const { json } = await readAgreement(stage, id);
  assert.deepEqual(json['pricing'], { type: 'LEGACY', amount: 19_900, currency: 'NOK' });
  const standing = await askAgreement(stage.context, id);
  assert.deepEqual(standing.agreement, { token: id, state: 'active' });

  const waiting = renewal(id);
  await charge(stage.context, waiting);
  for (const reference of [newReference(), newReference()]) {
    assert.equal((await stopAgreement(stage.context, { token: id, reference })).kind, 'succeeded');
  }
  assert.equal((await askAgreement(stage.context, id)).agreement?.state, 'stopped');
  assert.equal((await ask(stage.context, attempt)).meaning, 'secured');
  assert.equal((await ask(stage.context, attemptOfCharge(waiting, id))).meaning, 'aborted');
  const refused = await charge(stage.context, renewal(id));
  assert.deepEqual([refused.meaning, refused.code], ['declined', 'agreement-not-active']);
  const late = await changeAgreement(stage.context, { ...change, reference: newReference() });
  assert.equal(late.kind, 'failed');
  await stage.keptContract();
});

test('a lost start or charge is found by its reference, and made once', async (t) => {
  const stage = await openVippsStage(t);
  for (const kind of ['error-500', 'timeout-before', 'timeout-after-success']) {
    const wasMade = kind === 'timeout-after-success';
    const request = startRequest({ agreement: terms });
    await stage.fault(kind);
    assert.equal((await start(stage.context, request)).kind, 'unknown', kind);
    const found: Evidence = await ask(stage.context, attemptOf(request));
    assert.equal(found.meaning, wasMade ? 'pending' : 'not_sent', kind);
    const started = await start(stage.context, request);
    assert.ok(started.kind === 'started');
    await stage.decide(started.providerId, 'approve');

    const later = renewal(started.providerId);
    await stage.fault(kind);
    const lost: Evidence = await charge(stage.context, later);
    assert.deepEqual([lost.meaning, lost.providerId], ['unknown', started.providerId], kind);
    const asked: Evidence = await ask(stage.context, attemptOfCharge(later, lost.providerId));
    assert.equal(asked.meaning, wasMade ? 'pending' : 'not_sent', kind);
    assert.equal((await charge(stage.context, later)).meaning, 'pending', kind);
  }
  await stage.sandbox.advance(4 * daySeconds);
  const { charges } = await stage.booked();
  assert.deepEqual(charges, Array(6).fill(['charged', 14_900, 14_900]));
  await stage.keptContract();
});

test('a slow answer is waited for, by a client that is patient enough', async (t) => {
  const stage = await openVippsStage(t);
  await stage.fault('slow');
  const { id } = await begin(stage);
  await stage.decide(id, 'approve');
  await stage.fault('slow', { milliseconds: 2000 });
  const request = renewal(id);
  assert.equal((await charge(stage.impatient(), request)).meaning, 'unknown');
  assert.equal((await ask(stage.context, attemptOfCharge(request, id))).meaning, 'pending');
});

test('what is reserved is captured in parts, and the rest released', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await active(stage);
  const reference = newReference();
  const attempt = attemptOf({ reference, amountMinor: 10_000, agreement: undefined }, id);
  await reserve(stage, id, reference);
  const reserved = await ask(stage.context, attempt);
  assert.deepEqual([reserved.meaning, reserved.money?.authorizedMinor], ['secured', 10_000]);
  const taken = await capture(stage.context, attempt, operation(4000));
  assert.ok(taken.kind === 'succeeded' && taken.money?.capturedMinor === 4000);
  const release = { reference: newReference(), description: '', scope: 'reserved' } as const;
  const released = await cancel(stage.context, attempt, release);
  assert.ok(released.kind === 'succeeded' && released.money?.cancelledMinor === 6000);
  assert.deepEqual((await stage.booked()).charges.at(-1), ['charged', 10_000, 4000]);
});

test('what cannot be agreed on is refused, and nothing is charged without an agreement', async (t) => {
  const stage = await openVippsStage(t);
  const none = await start(stage.context, startRequest());
  assert.deepEqual([none.kind, 'code' in none && none.code], ['refused', 'no agreement']);
  const stranger = await start(stage.context, startRequest({ agreement: terms, mobile: '+4790000404' }));
  assert.ok(stranger.kind === 'refused' && stranger.reason === 'not eligible');
  const { agreementToken: _, ...bare } = renewal('agr');
  assert.deepEqual((await charge(stage.context, bare)).code, 'no agreement');
  assert.deepEqual((await charge(stage.context, renewal('agr_nobody'))).reason, 'not eligible');
  const { id } = await active(stage);
  const dear = await charge(stage.context, renewal(id, { amountMinor: 200_000 }));
  assert.deepEqual([dear.meaning, dear.reason], ['declined', 'over the limit']);
  await stage.keptContract();
});

/** Another system of the merchant reserves under the agreement. */
async function reserve(stage: VippsStage, id: string, orderId: string): Promise<void> {
  const due = new Date(Date.now() + 3 * daySeconds * 1000).toISOString().slice(0, 10);
  const body = {
    amount: 10_000,
    description: 'x',
    due,
    retryDays: 0,
    transactionType: 'RESERVE_CAPTURE',
    orderId,
  };
  const headers = { ...(await accessOf(stage)), 'idempotency-key': orderId };
  const path = `/vipps/recurring/v3/agreements/${id}/charges`;
  assert.equal((await stage.sandbox.call('POST', path, body, headers)).status, 201);
  await stage.decide(orderId, 'approve');
}

async function readAgreement(stage: VippsStage, id: string) {
  const path = `/vipps/recurring/v3/agreements/${id}`;
  return stage.sandbox.call('GET', path, undefined, await accessOf(stage));
}

async function accessOf(stage: VippsStage): Promise<Record<string, string>> {
  const keys = { 'ocp-apim-subscription-key': 'vipps-demo-key', 'merchant-serial-number': '123456' };
  const client = { client_id: 'leveret-demo', client_secret: 'vipps-demo-secret' };
  const { json } = await stage.sandbox.call('POST', '/vipps/accesstoken/get', undefined, {
    ...keys,
    ...client,
  });
  return { ...keys, authorization: `Bearer ${json['access_token']}` };
}
