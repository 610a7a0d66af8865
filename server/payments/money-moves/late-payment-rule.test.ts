import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isLatePaymentGivenBack } from './late-payment-rule.ts';

type Choice = Parameters<typeof isLatePaymentGivenBack>[0];

/** Whether it goes back: with a refund, without one, and of a cancelled order with and without. */
const cases: [Choice, boolean[]][] = [
  ['give back', [true, true, true, true]],
  ['complete', [false, false, true, true]],
  ['complete if no refund', [true, false, true, true]],
];

for (const [choice, expected] of cases) {
  test(`a late payment, where the publisher chose to ${choice}`, () => {
    const given = [false, true].flatMap((isCancelled) =>
      [true, false].map((canRefund) => isLatePaymentGivenBack(choice, { isCancelled, canRefund })),
    );
    assert.deepEqual(given, expected);
  });
}
