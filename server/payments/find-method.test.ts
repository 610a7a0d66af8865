import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paymentMethodRules } from '../orders/payment-methods.ts';
import { openTestMethod } from './accounts/test-adapter.ts';
import { listAdapters, pinnedOf, settingsFor } from './find-method.ts';
import { methods } from './methods/list.ts';

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
