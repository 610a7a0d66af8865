import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PaymentMethod } from '../orders/payment-methods.ts';
import { type Due, dueOf } from './what-is-due.ts';

type Row = [methods: string, amountMinor: number, renews: boolean, due: Due];

const unpaid: Row[] = [
  ['free', 0, false, 'nothing owed'],
  ['invoice', 0, false, 'invoice'],
  ['invoice', 9900, true, 'invoice'],
  ['invoice', 0, true, 'invoice'],
  ['other', 0, false, 'proof elsewhere'],
  ['other', 9900, true, 'proof elsewhere'],
  ['kco creditcardPayex vippsRecurring', 9900, true, 'money'],
  ['kco creditcardPayex vippsRecurring', 9900, false, 'money'],
  ['kco creditcardPayex vippsRecurring', 0, true, 'agreement'],
  ['kco creditcardPayex vippsRecurring', 0, false, 'nothing owed'],
  ['sms smsPay vippsEcommerce swishPayex nexi', 9900, false, 'money'],
  ['sms smsPay vippsEcommerce swishPayex nexi', 0, false, 'nothing owed'],
  // The method is left to the buyer.
  ['-', 9900, true, 'money'],
  ['-', 9900, false, 'money'],
  ['-', 0, true, 'agreement'],
  ['-', 0, false, 'nothing owed'],
];

test('an order waits for its money, for an agreement before a trial, or for nothing', () => {
  for (const [methods, amountMinor, renews, due] of unpaid) {
    for (const name of methods.split(' ')) {
      const paymentMethod = name === '-' ? undefined : (name as PaymentMethod);
      const told = dueOf({ paymentMethod, prepaid: false, amountMinor, renews });
      assert.equal(told, due, `${name} ${amountMinor} ${renews}`);
    }
  }
});

test('what was paid elsewhere waits for nothing else', () => {
  for (const paymentMethod of ['other', 'kco', 'creditcardPayex', 'vippsRecurring'] as const) {
    for (const amountMinor of [0, 9900]) {
      assert.equal(dueOf({ paymentMethod, prepaid: true, amountMinor, renews: true }), 'prepayment');
    }
  }
});
