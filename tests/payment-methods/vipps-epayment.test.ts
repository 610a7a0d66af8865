import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vippsEpayment as method } from '@leveret/server/payments/methods/vipps-epayment/method.js';
import type { ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import { attemptOf, openVippsStage, operation, startRequest, type VippsStage } from './vipps-stage.ts';

const { start, charge, ask, capture, cancel, refund } = method;
assert.ok(start && charge && ask && capture && cancel && refund);

function pushRequest(changes: object = {}): ChargeRequest {
  const { agreement: _, ...request } = startRequest();
  return { ...request, validitySeconds: 600, askedAt: new Date(), isFirstCharge: false, ...changes };
}

async function begin(stage: VippsStage, changes: object = {}) {
  const request = startRequest(changes);
  const started = await start?.(stage.context, request);
  assert.equal(started?.kind, 'started', JSON.stringify(started));
  return { request, started, attempt: attemptOf(request, request.reference) };
}

async function authorized(stage: VippsStage) {
  const begun = await begin(stage);
  await stage.decide(begun.request.reference, 'approve');
  return begun.attempt;
}

test('a payment in the browser is made once, approved, captured in parts and given back', async (t) => {
  const stage = await openVippsStage(t);
  const { request, attempt, started } = await begin(stage);
  assert.ok(started?.kind === 'started' && started.buyer.to === 'address');
  assert.match(started.buyer.url, /\/pay\/vipps\//);
  const again = await start(stage.context, request);
  assert.deepEqual(again, started);
  assert.equal((await ask(stage.context, attempt)).meaning, 'pending');

  await stage.decide(request.reference, 'approve');
  const secured = await ask(stage.context, attempt);
  assert.deepEqual([secured.meaning, secured.money?.authorizedMinor], ['secured', 14_900]);
  assert.ok(secured.captureBefore instanceof Date);

  const part = operation(10_000);
  for (const _ of [1, 2]) {
    const captured = await capture(stage.context, attempt, part);
    assert.ok(captured.kind === 'succeeded' && captured.money?.capturedMinor === 10_000);
  }
  assert.equal((await capture(stage.context, attempt, operation(4900))).kind, 'succeeded');
  const tooMuch = await capture(stage.context, attempt, operation(1));
  assert.deepEqual([tooMuch.kind, 'code' in tooMuch && tooMuch.code], ['failed', '6170']);

  const back = operation(900);
  for (const _ of [1, 2]) assert.equal((await refund(stage.context, attempt, back)).kind, 'succeeded');
  assert.equal((await refund(stage.context, attempt, operation(14_000))).kind, 'succeeded');
  const over = await refund(stage.context, attempt, operation(1));
  assert.deepEqual([over.kind, 'code' in over && over.code], ['failed', '6180']);
  assert.deepEqual((await ask(stage.context, attempt)).money, {
    authorizedMinor: 14_900,
    capturedMinor: 14_900,
    refundedMinor: 14_900,
    cancelledMinor: 0,
  });
  assert.deepEqual(await stage.booked(), { charges: [['charged', 14_900, 14_900]], refundedMinor: 14_900 });
  await stage.keptContract();
});

test('a buyer who refuses, walks away or lets the time pass pays nothing', async (t) => {
  const stage = await openVippsStage(t);
  const refused = await begin(stage);
  await stage.decide(refused.request.reference, 'refuse');
  const left = await begin(stage);
  await stage.decide(left.request.reference, 'abandon');
  const waits = await ask(stage.context, left.attempt);
  await stage.sandbox.advance(600);
  const outcomes = [await ask(stage.context, refused.attempt), waits, await ask(stage.context, left.attempt)];
  assert.deepEqual(
    outcomes.map((one) => [one.meaning, one.reason]),
    [
      ['aborted', 'cancelled'],
      ['pending', undefined],
      ['expired', 'timed out'],
    ],
  );
  assert.deepEqual((await stage.booked()).charges, [
    ['declined', 14_900, 0],
    ['declined', 14_900, 0],
  ]);
  assert.equal(await stage.decide(left.request.reference, 'approve'), 409);
  await stage.keptContract();
});

test('a message to the app asks on the phone, and needs a number that can pay', async (t) => {
  const stage = await openVippsStage(t);
  const request = pushRequest();
  const pushed = await charge(stage.context, request);
  assert.deepEqual([pushed.meaning, pushed.providerId], ['pending', request.reference]);
  assert.equal((await charge(stage.context, request)).meaning, 'pending');
  const phone = await stage.sandbox.call('GET', '/phone/%2B4791234567');
  assert.match(phone.text, /149\.00 NOK/);
  const tap = `/phone/%2B4791234567/asks/${request.reference}/approve`;
  assert.equal((await stage.sandbox.call('POST', tap)).status, 303);
  const attempt = attemptOf({ ...request, agreement: undefined }, request.reference);
  assert.equal((await ask(stage.context, attempt)).meaning, 'secured');

  const stranger = await charge(stage.context, pushRequest({ mobile: '+4790000404' }));
  assert.deepEqual([stranger.meaning, stranger.code, stranger.reason], ['declined', '7010', 'not eligible']);
  const nobody = await charge(stage.context, pushRequest({ mobile: undefined }));
  assert.deepEqual([nobody.meaning, nobody.code], ['declined', 'no mobile']);
  assert.deepEqual((await stage.booked()).charges, [['reserved', 14_900, 0]]);
  await stage.keptContract();
});

test('what the API could do without blocks no payment in the browser', async (t) => {
  const stage = await openVippsStage(t);
  for (const mobile of ['+4790000404', '+1']) {
    const { attempt, request } = await begin(stage, { mobile });
    await stage.decide(request.reference, 'approve');
    assert.equal((await ask(stage.context, attempt)).meaning, 'secured', mobile);
    assert.equal((await start(stage.context, request)).kind, 'started', 'again, by the same calls');
  }
  const lines = startRequest().lines.map((line) => ({ ...line, vatBasisPoints: -1 }));
  assert.equal((await start(stage.context, startRequest({ lines }))).kind, 'started');
  assert.equal((await stage.booked()).charges.length, 3);
});

test('without push nobody is asked in the app, and the buyer may pay in the browser', async (t) => {
  const stage = await openVippsStage(t);
  const { pushMessages: _, ...settings } = stage.context.settings;
  for (const given of [settings, { ...settings, pushMessages: 'no' }]) {
    const answer = await charge({ ...stage.context, settings: given }, pushRequest());
    assert.deepEqual([answer.meaning, answer.needsBuyer], ['declined', true]);
    assert.equal(method.mayCharge?.(given), false);
  }
  assert.equal(method.mayCharge?.(stage.context.settings), true);
  assert.match(method.remarksOn?.(stage.context.settings).join(' ') ?? '', /5080/);
  assert.deepEqual((await stage.booked()).charges, []);
});

test('what the bank refuses stays open, and an unknown result is secured an hour later', async (t) => {
  const stage = await openVippsStage(t);
  const poor = await begin(stage, { amountMinor: 151 });
  await stage.decide(poor.request.reference, 'approve');
  assert.equal((await ask(stage.context, poor.attempt)).meaning, 'pending');
  const slow = await begin(stage, { amountMinor: 201 });
  await stage.decide(slow.request.reference, 'approve');
  await stage.sandbox.advance(1800);
  assert.equal((await ask(stage.context, poor.attempt)).meaning, 'expired');
  assert.equal((await ask(stage.context, slow.attempt)).meaning, 'pending');
  const giveUp = { reference: 'o123456789', description: '', scope: 'unpaid only' } as const;
  assert.equal((await cancel(stage.context, slow.attempt, giveUp)).kind, 'not now');
  await stage.sandbox.advance(1800);
  assert.equal((await ask(stage.context, slow.attempt)).meaning, 'secured');
  await stage.keptContract();
});

test('giving up what is unpaid ends it, and never an authorization that was made meanwhile', async (t) => {
  const stage = await openVippsStage(t);
  const unpaid = { reference: 'o1-unpaid', description: '', scope: 'unpaid only' } as const;
  const open = await begin(stage);
  assert.equal((await cancel(stage.context, open.attempt, unpaid)).kind, 'succeeded');
  const again = await cancel(stage.context, open.attempt, { ...unpaid, reference: 'o2-unpaid' });
  assert.equal(again.kind, 'succeeded');
  assert.deepEqual((await ask(stage.context, open.attempt)).meaning, 'aborted');
  assert.equal(await stage.decide(open.request.reference, 'approve'), 409);

  const paid = await authorized(stage);
  const late = await cancel(stage.context, paid, { ...unpaid, reference: 'o3-unpaid' });
  assert.equal(late.kind, 'already secured');
  const never = attemptOf(startRequest());
  assert.equal((await cancel(stage.context, never, { ...unpaid, reference: 'o4-unpaid' })).kind, 'succeeded');
  assert.deepEqual((await stage.booked()).charges, [
    ['declined', 14_900, 0],
    ['reserved', 14_900, 0],
  ]);
  await stage.keptContract();
});

test('what is reserved is released, or what is left of it', async (t) => {
  const stage = await openVippsStage(t);
  const release = { reference: 'o1-release', description: '', scope: 'reserved' } as const;
  const whole = await authorized(stage);
  for (const reference of ['o1-release', 'o2-release']) {
    const released = await cancel(stage.context, whole, { ...release, reference });
    assert.ok(released.kind === 'succeeded' && released.money?.cancelledMinor === 14_900, reference);
  }
  const part = await authorized(stage);
  await capture(stage.context, part, operation(900));
  assert.equal(
    (await cancel(stage.context, part, { ...release, reference: 'o3-release' })).kind,
    'succeeded',
  );
  const taken = await authorized(stage);
  await capture(stage.context, taken, operation(14_900));
  const failed = await cancel(stage.context, taken, { ...release, reference: 'o4-release' });
  assert.deepEqual([failed.kind, 'code' in failed && failed.code], ['failed', '6040']);
  assert.deepEqual((await stage.booked()).charges, [
    ['released', 14_900, 0],
    ['charged', 14_900, 900],
    ['charged', 14_900, 14_900],
  ]);
  await stage.keptContract();
});

test('a lost start is not known and makes the same payment when it is sent again', async (t) => {
  const stage = await openVippsStage(t);
  const expected: [string, string, string][] = [
    ['error-500', 'unknown', 'not_sent'],
    ['timeout-before', 'unknown', 'not_sent'],
    ['timeout-after-success', 'unknown', 'pending'],
    ['slow', 'started', 'pending'],
  ];
  for (const [kind, answer, asked] of expected) {
    const request = startRequest();
    await stage.fault(kind);
    assert.equal((await start(stage.context, request)).kind, answer, kind);
    assert.equal((await ask(stage.context, attemptOf(request))).meaning, asked, kind);
    assert.equal((await start(stage.context, request)).kind, 'started', kind);
  }
  assert.equal((await stage.booked()).charges.length, expected.length);
  await stage.keptContract();
});

test('a lost message to the app is not known, and one reference makes one payment', async (t) => {
  const stage = await openVippsStage(t);
  for (const kind of ['error-500', 'timeout-before', 'timeout-after-success']) {
    const request = pushRequest();
    await stage.fault(kind);
    assert.equal((await charge(stage.context, request)).meaning, 'unknown', kind);
    assert.equal((await charge(stage.context, request)).meaning, 'pending', kind);
  }
  const slow = pushRequest();
  await stage.fault('slow', { milliseconds: 2000 });
  assert.equal((await charge(stage.impatient(), slow)).meaning, 'unknown');
  const changed = await charge(stage.context, { ...slow, amountMinor: 1000 });
  assert.deepEqual([changed.meaning, changed.code], ['unknown', '4020']);
  assert.equal((await stage.booked()).charges.length, 4);
});

test('a capture or refund that is lost moves money once under its reference', async (t) => {
  const stage = await openVippsStage(t);
  const attempt = await authorized(stage);
  for (const kind of ['error-500', 'timeout-before', 'timeout-after-success']) {
    const [taken, given] = [operation(1000), operation(500)];
    await stage.fault(kind);
    assert.equal((await capture(stage.context, attempt, taken)).kind, 'unknown', kind);
    assert.equal((await capture(stage.context, attempt, taken)).kind, 'succeeded', kind);
    await stage.fault(kind);
    assert.equal((await refund(stage.context, attempt, given)).kind, 'unknown', kind);
    assert.equal((await refund(stage.context, attempt, given)).kind, 'succeeded', kind);
  }
  assert.deepEqual(await stage.booked(), { charges: [['charged', 14_900, 3000]], refundedMinor: 1500 });
  await stage.fault('error-500');
  assert.equal((await ask(stage.context, attempt)).meaning, 'unknown');
  await stage.keptContract();
});

test('a capture too early, a refund too late, and to nobody, fail by their codes', async (t) => {
  const stage = await openVippsStage(t);
  const open = await begin(stage);
  const attempt = await authorized(stage);
  await capture(stage.context, attempt, operation(1000));
  const answers = [
    await capture(stage.context, open.attempt, operation(1000)),
    await capture(stage.context, attempt, operation(20_000)),
    await refund(stage.context, attempt, operation(123)),
    await refund(stage.context, attempt, operation(124)),
    await refund(stage.context, attempt, operation(5000)),
    await refund(stage.context, attemptOf(startRequest()), operation(5000)),
  ];
  assert.deepEqual(
    answers.map((one) => [one.kind, 'code' in one && one.code]),
    ['6080', '6090', '6210', '6220', '6150', '5090'].map((code) => ['failed', code]),
  );
  await stage.keptContract();
});

test('a payment that cannot be made is refused by its code', async (t) => {
  const stage = await openVippsStage(t);
  const refusals = [
    await start(stage.context, startRequest({ amountMinor: 99 })),
    await start(stage.context, startRequest({ currency: 'DKK' })),
    await start(stage.context, startRequest({ returnUrl: 'http://example.com/' })),
  ];
  assert.deepEqual(
    refusals.map((one) => [one.kind, 'code' in one && one.code]),
    [
      ['refused', '6010'],
      ['refused', '5040'],
      ['refused', '4090'],
    ],
  );
  const short = await start(stage.context, startRequest({ description: 'A', lines: [], mobile: undefined }));
  assert.equal(short.kind, 'started');
  await stage.keptContract();
});
