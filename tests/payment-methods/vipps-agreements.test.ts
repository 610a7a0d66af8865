import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vippsRecurring as method } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';
import {
  accessOf,
  activeAgreement,
  attemptOfCharge,
  beginAgreement,
  daySeconds,
  renewal,
  terms,
} from './vipps-recurring-stage.ts';
import {
  attemptOf,
  newReference,
  openVippsStage,
  operation,
  startRequest,
  type VippsStage,
} from './vipps-stage.ts';

const { start, charge, ask, cancel, refund, stopAgreement, changeAgreement, askAgreement } = method;
assert.ok(start && charge && ask && cancel && refund);
assert.ok(stopAgreement && changeAgreement && askAgreement);

const unpaid = { description: '', scope: 'unpaid only' } as const;

test('an agreement is made once, approved with its first payment, and given back in parts', async (t) => {
  const stage = await openVippsStage(t);
  const { request, started, id, attempt } = await beginAgreement(stage);
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
  const { id, attempt } = await beginAgreement(stage, { amountMinor: 0, lines: [] });
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
    const { id, attempt } = await beginAgreement(stage, { amountMinor });
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

test('giving up an agreement ends it before consent, and says so when the buyer was faster', async (t) => {
  const stage = await openVippsStage(t);
  const open = await beginAgreement(stage);
  for (const reference of [newReference(), newReference()]) {
    const ended = await cancel(stage.context, open.attempt, { ...unpaid, reference });
    assert.equal(ended.kind, 'succeeded');
  }
  assert.equal(await stage.decide(open.id, 'approve'), 409);
  const paid = await activeAgreement(stage);
  const late = await cancel(stage.context, paid.attempt, { ...unpaid, reference: newReference() });
  assert.equal(late.kind, 'already secured');
  assert.equal((await ask(stage.context, paid.attempt)).agreement?.state, 'active');
  await stage.keptContract();
});

test('a buyer who consents while the agreement is being stopped has paid, and that is said', async (t) => {
  const stage = await openVippsStage(t);
  const { id, attempt } = await beginAgreement(stage);
  const { http } = stage.context;
  const send: typeof http.send = async (request) => {
    if (request.method === 'PATCH') await stage.decide(id, 'approve');
    return http.send(request);
  };
  const racing = { ...stage.context, http: { ...http, send } };
  const late = await cancel(racing, attempt, { ...unpaid, reference: newReference() });
  assert.equal(late.kind, 'already secured');
  const asked = await ask(stage.context, attempt);
  assert.deepEqual([asked.meaning, asked.agreement?.state], ['secured', 'stopped']);
  assert.deepEqual((await stage.booked()).charges, [['charged', 14_900, 14_900]]);
});

test('an agreement gets a new price, is stopped for good, and is charged no more', async (t) => {
  const stage = await openVippsStage(t);
  const { id, attempt } = await activeAgreement(stage);
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
  assert.deepEqual(
    charges,
    Array.from({ length: 6 }, () => ['charged', 14_900, 14_900]),
  );
  await stage.keptContract();
});

test('what cannot be agreed on is refused, and nothing is charged without an agreement', async (t) => {
  const stage = await openVippsStage(t);
  const none = await start(stage.context, startRequest());
  assert.deepEqual([none.kind, 'code' in none && none.code], ['refused', 'no agreement']);
  const gift = await start(stage.context, startRequest({ agreement: { ...terms, amountMinor: 99 } }));
  assert.equal(gift.kind, 'refused', 'less than a krone');
  const stranger = await start(stage.context, startRequest({ agreement: terms, mobile: '+4790000404' }));
  assert.ok(stranger.kind === 'refused' && stranger.reason === 'not eligible');
  const { agreementToken: _, ...bare } = renewal('agr');
  assert.deepEqual((await charge(stage.context, bare)).code, 'no agreement');
  assert.deepEqual((await charge(stage.context, renewal('agr_nobody'))).reason, 'not eligible');
  const { id } = await activeAgreement(stage);
  const dear = await charge(stage.context, renewal(id, { amountMinor: 200_000 }));
  assert.deepEqual([dear.meaning, dear.reason], ['declined', 'over the limit']);
  await stage.keptContract();
});

async function readAgreement(stage: VippsStage, id: string) {
  const path = `/vipps/recurring/v3/agreements/${id}`;
  return stage.sandbox.call('GET', path, undefined, await accessOf(stage));
}
