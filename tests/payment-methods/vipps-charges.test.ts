import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vippsRecurring as method } from '@leveret/server/payments/methods/vipps-recurring/method.js';
import type { ChargeRequest } from '@leveret/server/payments/port/payment-request.js';
import type { Evidence } from '@leveret/server/payments/port/provider-answer.js';
import {
  accessOf,
  activeAgreement,
  attemptOfCharge,
  beginAgreement,
  dayAfter,
  daySeconds,
  renewal,
  terms,
} from './vipps-recurring-stage.ts';
import { attemptOf, newReference, openVippsStage, operation, type VippsStage } from './vipps-stage.ts';

const { charge, refuseCharge, ask, capture, cancel, refund } = method;
assert.ok(charge && refuseCharge && ask && capture && cancel && refund);

const unpaid = { description: '', scope: 'unpaid only' } as const;

test('an agreement is charged on its day, once for a reference', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await activeAgreement(stage);
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
  const { id } = await activeAgreement(stage);
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
  const { id } = await activeAgreement(stage);
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

test('a slow answer is waited for, by a client that is patient enough', async (t) => {
  const stage = await openVippsStage(t);
  await stage.fault('slow');
  const { id } = await beginAgreement(stage);
  await stage.decide(id, 'approve');
  await stage.fault('slow', { milliseconds: 2000 });
  const request = renewal(id);
  assert.equal((await charge(stage.impatient(), request)).meaning, 'unknown');
  assert.equal((await ask(stage.context, attemptOfCharge(request, id))).meaning, 'pending');
});

test('what is reserved is captured in parts, and the rest released', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await activeAgreement(stage);
  const reference = newReference();
  const attempt = attemptOf({ reference, amountMinor: 10_000, agreement: undefined }, id);
  await reserve(stage, id, reference);
  const reserved = await ask(stage.context, attempt);
  assert.deepEqual([reserved.meaning, reserved.money?.authorizedMinor], ['secured', 10_000]);
  const least = method.leastCaptureMinor?.NOK ?? 0;
  assert.equal((await capture(stage.context, attempt, operation(least - 1))).kind, 'failed');
  assert.equal((await capture(stage.context, attempt, operation(least))).kind, 'succeeded');
  const taken = await capture(stage.context, attempt, operation(4000 - least));
  assert.ok(taken.kind === 'succeeded' && taken.money?.capturedMinor === 4000);
  const release = { reference: newReference(), description: '', scope: 'reserved' } as const;
  const released = await cancel(stage.context, attempt, release);
  assert.ok(released.kind === 'succeeded' && released.money?.cancelledMinor === 6000);
  assert.deepEqual((await stage.booked()).charges.at(-1), ['charged', 10_000, 4000]);
});

const refusedAlone: [what: string, changes: Partial<ChargeRequest>, code: string][] = [
  ['less than 1.00', { amountMinor: 99 }, 'charge_price_not_supported'],
  ['due in more than two years', { dueOn: dayAfter(740) }, 'charge_day_not_supported'],
];

for (const [what, changes, code] of refusedAlone) {
  test(`a charge is refused without a call: ${what}`, async (t) => {
    const stage = await openVippsStage(t);
    const { id } = await activeAgreement(stage);
    const http = { ...stage.context.http, send: () => assert.fail('the API was called') };
    const { meaning, code: told, reason } = await charge({ ...stage.context, http }, renewal(id, changes));
    assert.deepEqual([meaning, told, reason], ['declined', code, 'not eligible']);
  });
}

test('what is known of an interval before a charge is what the API says of it', async (t) => {
  const stage = await openVippsStage(t);
  const { id } = await activeAgreement(stage);
  const others: { amountMinor: number; dueOn: string }[] = [];
  const { amountMinor: price, period } = terms;
  const agreed = { price: { kind: 'fixed', amountMinor: price }, period, startedOn: dayAfter(0) } as const;
  const charges: [amountMinor: number, days: number, isTaken: boolean][] = [
    [5 * price + 1, 3, false],
    [3 * price, 3, true],
    [2 * price + 1, 5, false],
    [2 * price, 5, true],
    [100, 6, false],
    [5 * price, 62, true],
    [100, 62, false],
  ];
  for (const [amountMinor, days, isTaken] of charges) {
    const wanted = { amountMinor, dueOn: dayAfter(days) };
    const obstacle = refuseCharge({ ...wanted, today: dayAfter(0), agreed, others });
    assert.equal(obstacle === undefined, isTaken, `${amountMinor} in ${days} days: ${obstacle?.text}`);
    const made: Evidence = await charge(stage.context, renewal(id, wanted));
    const known = isTaken ? ['pending', undefined] : ['declined', 'over the limit'];
    assert.deepEqual([made.meaning, made.reason], known);
    if (isTaken) others.push(wanted);
  }
  await stage.keptContract();
});

/** Another system of the merchant reserves under the agreement. */
async function reserve(stage: VippsStage, id: string, orderId: string): Promise<void> {
  const rules = { retryDays: 0, transactionType: 'RESERVE_CAPTURE', orderId };
  const body = { amount: 10_000, description: 'x', due: dayAfter(3), ...rules };
  const headers = { ...(await accessOf(stage)), 'idempotency-key': orderId };
  const path = `/vipps/recurring/v3/agreements/${id}/charges`;
  assert.equal((await stage.sandbox.call('POST', path, body, headers)).status, 201);
  await stage.decide(orderId, 'approve');
}
