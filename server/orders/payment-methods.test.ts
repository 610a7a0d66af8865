import assert from 'node:assert/strict';
import { test } from 'node:test';
import { owesNothing, type PaymentMethod, paymentMethods } from './payment-methods.ts';

const takenElsewhere: readonly PaymentMethod[] = ['free', 'invoice', 'other'];

test('only what a provider of ours takes is owed', () => {
  for (const paymentMethod of paymentMethods) {
    const expected = takenElsewhere.includes(paymentMethod);
    assert.equal(owesNothing({ paymentMethod, prepaid: false }), expected, paymentMethod);
  }
  assert.equal(owesNothing({ paymentMethod: undefined, prepaid: false }), false);
});

test('nothing is owed that was paid before', () => {
  for (const paymentMethod of [...paymentMethods, undefined]) {
    assert.equal(owesNothing({ paymentMethod, prepaid: true }), true);
  }
});
