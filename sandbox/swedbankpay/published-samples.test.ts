import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startFrozen } from '../testing/frozen-sandbox.ts';
import { callSwedbank } from '../testing/swedbank-pay-client.ts';

/*
 * Requests and fields as Swedbank Pay publishes them: github SwedbankPay/developer.swedbankpay.com of July
 * 2026, Apache-2.0, in `_includes`: `payment-request-3-1.md`, `payment-order-verify.md`,
 * `payment-order-unscheduled.md`, `instrument-mode.md`, `payment-order-capture-3-1.md`. The payee is ours.
 */
const payeeInfo = {
  payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b',
  payeeReference: 'AB832',
  payeeName: 'Merchant1',
  orderReference: 'or-123456',
};
const requests: [name: string, paymentorder: object][] = [
  [
    'a payment order of 3.1',
    {
      operation: 'Purchase',
      currency: 'SEK',
      amount: 1500,
      vatAmount: 375,
      description: 'Test Purchase',
      userAgent: 'Mozilla/5.0...',
      language: 'sv-SE',
      urls: {
        hostUrls: ['https://example.com', 'https://example.net'],
        paymentUrl: 'https://example.com/perform-payment',
        completeUrl: 'https://example.com/payment-completed',
        cancelUrl: 'https://example.com/payment-cancelled',
        callbackUrl: 'https://api.example.com/payment-callback',
        logoUrl: 'https://example.com/logo.png',
        termsOfServiceUrl: 'https://example.com/termsandconditoons.pdf',
      },
      payeeInfo,
    },
  ],
  [
    'a verification',
    {
      operation: 'Verify',
      currency: 'NOK',
      description: 'Test Verification',
      userAgent: 'Mozilla/5.0...',
      language: 'nb-NO',
      generateUnscheduledToken: true,
      urls: {
        hostUrls: ['https://example.com', 'https://example.net'],
        completeUrl: 'https://example.com/payment-completed',
        cancelUrl: 'https://example.com/payment-cancelled',
        logoUrl: 'https://example.com/payment-logo.png',
        termsOfServiceUrl: 'https://example.com/payment-terms.html',
      },
      payeeInfo: { ...payeeInfo, productCategory: 'A123', subsite: 'MySubsite', siteId: 'MySiteId' },
      payer: { payerReference: 'AB1234' },
    },
  ],
];

const shownFields = new Set(
  `id created updated operation status currency vatAmount amount description initiatingSystemUserAgent
  language availableInstruments implementation integration instrumentMode guestMode orderItems urls payeeInfo
  payer history failed aborted paid cancelled reversed financialTransactions failedAttempts
  postPurchaseFailedAttempts metadata instrument remainingCaptureAmount remainingCancellationAmount
  remainingReversalAmount`.split(/\s+/),
);

for (const [name, paymentorder] of requests) {
  test(`${name} as it is published is taken, and no other fields are shown than are published`, async (t) => {
    const sandbox = await startFrozen(t);
    const reply = await callSwedbank(sandbox, 'POST', '', { paymentorder });
    assert.equal(reply.status, 200, reply.text);
    const { paymentOrder, operations } = reply.json as {
      paymentOrder: object;
      operations: { rel: string }[];
    };
    assert.deepEqual(
      Object.keys(paymentOrder).filter((field) => !shownFields.has(field)),
      [],
    );
    assert.ok(operations.some((one) => one.rel === 'redirect-checkout'));
    assert.deepEqual((await sandbox.call('GET', '/control/violations')).json['violations'], []);
  });
}
