import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type GivenInfo, judgePaymentInfo } from './judge-payment-info.ts';

/** Prepaid, of the order's method, with the method's own beside it, of a method that has one. */
const cases: [boolean, boolean, boolean, boolean, ReturnType<typeof judgePaymentInfo>][] = [
  [true, true, true, true, 'used'],
  [true, false, true, true, 'of another'],
  [true, false, false, true, 'refused'],
  [true, false, false, false, 'of another'],
  [false, true, true, true, 'not prepaid'],
  [false, false, false, true, 'not prepaid'],
  [false, false, true, true, 'not prepaid'],
  [false, false, false, false, 'not prepaid'],
];

for (const [isPrepaid, isOfMethod, hasOfMethod, methodHasInfo, judged] of cases) {
  const given: GivenInfo = { isPrepaid, isOfMethod, hasOfMethod, methodHasInfo };
  test(`a payment info is ${judged}: ${JSON.stringify(given)}`, () => {
    assert.equal(judgePaymentInfo(given), judged);
  });
}
