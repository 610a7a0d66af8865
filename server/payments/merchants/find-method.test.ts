import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentMethodRules } from '../../orders/payment-methods.ts';
import { openTestMethod } from '../../testing/payment-method.ts';
import { methods } from '../methods/list.ts';
import { chargesByMobile, labelOf, listAdapters, listPayable, pinnedOf, settingsFor } from './find-method.ts';

const { method } = openTestMethod();
const settings = { baseUrl: 'https://old.example', shop: 's', key: 'k', apiVersion: '1' };

test('an attempt keeps the address it was made with, and nothing secret', () => {
  assert.deepEqual(pinnedOf({ method, settings }), { baseUrl: 'https://old.example' });
  assert.deepEqual(pinnedOf({ method: { ...method, pins: ['shop', 'key', 'nothing'] }, settings }), {
    shop: 's',
  });
});

test('later calls use what is pinned, with the secrets of today', () => {
  const now = { ...settings, baseUrl: 'https://new.example', key: 'new' };
  assert.deepEqual(settingsFor({ method, settings: now }, { baseUrl: 'https://old.example' }), {
    ...now,
    baseUrl: 'https://old.example',
  });
  // A pin that is no pin any more, and a secret that was never one, are not believed.
  assert.deepEqual(settingsFor({ method, settings: now }, { shop: 'other', key: 'old' }), now);
});

test('whoever captures says whether a part may be captured', () => {
  const silent = listAdapters().filter(
    ({ capture, captures }) => (capture === undefined) !== (captures === undefined),
  );
  assert.deepEqual(
    silent.map(({ name }) => name),
    [],
  );
});

test('whoever can be chosen at a screen has a name there, in every language', () => {
  for (const { name, start, texts, payWith, mark } of listAdapters()) {
    if (!start) continue;
    for (const words of [texts, payWith])
      assert.ok(Object.values(words ?? { none: '' }).every(Boolean), name);
    assert.ok(mark, name);
  }
});

test('what a buyer can pay at a screen follows from the adapters, in the order of the list', () => {
  const known = ['vippsEcommerce', 'vippsRecurring', 'kco', 'creditcardPayex', 'swishPayex', 'sms'] as const;
  assert.deepEqual(
    listPayable().filter((name) => known.some((one) => one === name)),
    known,
  );
  assert.equal(listPayable().includes('nexi'), false);
  assert.deepEqual(known.filter(chargesByMobile), ['sms']);
});

test('a method is named in the language of the page, or in English', () => {
  assert.equal(labelOf('sms', 'no'), 'På mobilregningen');
  assert.equal(labelOf('vippsRecurring', 'de'), 'Vipps, with an agreement');
});

test('what the buyer must agree on first is never charged by completing the order', () => {
  for (const [name, rules] of Object.entries(paymentMethodRules)) {
    if (rules.recurring !== 'required') continue;
    const adapters = Object.entries(methods).flatMap(([key, list]) => (key === name ? list : []));
    assert.ok(adapters.length > 0);
    for (const { charge, chargeNeedsAgreement } of adapters) {
      assert.ok(charge === undefined || chargeNeedsAgreement === true, name);
    }
  }
});
