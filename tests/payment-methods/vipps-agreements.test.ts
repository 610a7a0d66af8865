import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vippsRecurring as method } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { Evidence, OperationAnswer, Started } from '@leveret/server/payments/port/provider-answer.js';
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

test('a first period that costs less is told as a campaign, and paid at the start', async (t) => {
  const stage = await openVippsStage(t);
  const { http } = stage.context;
  const sent: Record<string, unknown>[] = [];
  const send: typeof http.send = (request) => {
    if (request.url.endsWith('/agreements')) sent.push(JSON.parse(String(request.body)));
    return http.send(request);
  };
  const listening = { ...stage.context, http: { ...http, send } };
  const twoWeeks = { unit: 'day', count: 14 } as const;
  for (const first of [
    undefined,
    { amountMinor: 100, period: twoWeeks },
    { amountMinor: 0, period: twoWeeks },
  ]) {
    const amountMinor = first?.amountMinor ?? terms.amountMinor;
    const begun: Started = await start(
      listening,
      startRequest({ agreement: { ...terms, first }, amountMinor, lines: [] }),
    );
    assert.equal(begun.kind, 'started', JSON.stringify(begun));
  }
  const period = { unit: 'DAY', count: 14 };
  assert.deepEqual(
    sent.map(({ campaign, initialCharge }) => [campaign, initialCharge !== undefined]),
    [
      [undefined, true],
      [{ type: 'PERIOD_CAMPAIGN', price: 100, period }, true],
      [{ type: 'PERIOD_CAMPAIGN', price: 0, period }, false],
    ],
  );
  const dear = { amountMinor: 50_000, period: twoWeeks };
  const refused = await start(listening, startRequest({ agreement: { ...terms, first: dear } }));
  assert.deepEqual(
    [refused.kind, 'code' in refused && refused.code],
    ['refused', 'first_price_not_supported'],
  );
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

test('giving up an agreement waits for its end, and says so when the buyer was faster', async (t) => {
  const stage = await openVippsStage(t);
  const open = await beginAgreement(stage);
  const request = () => ({ ...unpaid, reference: newReference() });
  for (const _ of [1, 2]) {
    const waits: OperationAnswer = await cancel(stage.context, open.attempt, request());
    assert.deepEqual([waits.kind, 'code' in waits && waits.code], ['not now', 'PENDING']);
  }
  assert.equal((await ask(stage.context, open.attempt)).meaning, 'pending', 'nothing was stopped');
  await stage.sandbox.advance(600);
  assert.equal((await cancel(stage.context, open.attempt, request())).kind, 'succeeded');
  assert.equal(await stage.decide(open.id, 'approve'), 409);
  const paid = await activeAgreement(stage);
  assert.equal((await cancel(stage.context, paid.attempt, request())).kind, 'already secured');
  assert.equal((await ask(stage.context, paid.attempt)).agreement?.state, 'active');
  await stage.keptContract();
});

test('an agreement is not stopped before its buyer has consented, and once however often it is', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await beginAgreement(stage);
  const stop = () => stopAgreement(stage.context, { token: id, reference: newReference() });
  assert.equal((await stop()).kind, 'not now');
  await stage.decide(id, 'approve');
  assert.deepEqual([(await stop()).kind, (await stop()).kind], ['succeeded', 'succeeded']);
  const { json } = await readAgreement(stage, id);
  assert.equal(json['status'], 'STOPPED');
  const expired = await beginAgreement(stage);
  await stage.sandbox.advance(600);
  const token = expired.id;
  const ended = await stopAgreement(stage.context, { token, reference: newReference() });
  assert.equal(ended.kind, 'succeeded');
  const nobody = await stopAgreement(stage.context, { token: 'agr_nobody', reference: newReference() });
  assert.equal(nobody.kind, 'failed');
  await stage.keptContract();
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
  assert.deepEqual([refused.meaning, refused.code], ['declined', 'charge-creation-failed']);
  for (const amountMinor of [99, 2_000_001]) {
    const unfit = await changeAgreement(stage.context, { ...change, amountMinor });
    assert.deepEqual([unfit.kind, 'code' in unfit && unfit.code], ['failed', 'renewal_price_not_supported']);
  }
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
  for (const mobile of ['+4790000404', '+999999999999999999']) {
    const begun: Started = await start(stage.context, startRequest({ agreement: terms, mobile }));
    assert.equal(begun.kind, 'started', `the number ${mobile} blocks nothing`);
  }
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
