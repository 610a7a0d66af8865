import assert from 'node:assert/strict';
import { test } from 'node:test';
import { orderId, publisherId } from '../kit/ids.ts';
import type { WayToPay } from '../payments/merchants/find-method.ts';
import { type CompletionDecision, decideCompletion, type OrderToComplete } from './fulfillment.ts';

const order: OrderToComplete = {
  publisherId: publisherId(1),
  orderId: orderId(1),
  state: 'registered',
  paymentMethod: 'vippsEcommerce',
  merchantId: undefined,
  prepaid: false,
  renews: false,
  amountMinor: 14_900,
  hasMobile: true,
  currency: 'NOK',
  waitsForBuyer: false,
};

/** The order, how it can be paid, and what completing it by API comes to. */
const cases: [string, Partial<OrderToComplete>, WayToPay, string][] = [
  ['stopped', { state: 'stopped' }, 'charge', 'order_is_stopped'],
  ['stopped while a guest paid', { state: 'stopped', waitsForBuyer: true }, 'charge', 'order_is_stopped'],
  ['being paid', { state: 'paying' }, 'charge', 'nothing to do'],
  ['being paid by a guest', { state: 'paying', waitsForBuyer: true }, 'charge', 'buyer_must_act'],
  [
    'being paid by a guest, by SMS',
    { state: 'paying', waitsForBuyer: true, paymentMethod: 'sms' },
    'charge',
    'buyer_must_act',
  ],
  ['completed', { state: 'completed' }, 'charge', 'nothing to do'],
  ['completed, a guest paid', { state: 'completed', waitsForBuyer: true }, 'charge', 'nothing to do'],
  ['tried by a guest, who left', { waitsForBuyer: true }, 'charge', 'take payment'],
  ['no method', { paymentMethod: undefined }, 'charge', 'buyer_must_act'],
  ['prepaid', { prepaid: true }, 'none', 'at once: prepayment'],
  ['other, prepaid', { paymentMethod: 'other', prepaid: true }, 'none', 'at once: prepayment'],
  ['other', { paymentMethod: 'other' }, 'none', 'other_must_be_prepaid'],
  ['invoice', { paymentMethod: 'invoice' }, 'none', 'at once: invoice'],
  ['free', { paymentMethod: 'free', amountMinor: 0 }, 'none', 'at once: nothing owed'],
  ['nothing owed', { amountMinor: 0 }, 'none', 'at once: nothing owed'],
  ['nothing owed, an agreement', { amountMinor: 0, renews: true }, 'browser', 'buyer_must_act'],
  ['charged without a screen', {}, 'charge', 'take payment'],
  ['paid at a screen', {}, 'browser', 'buyer_must_act'],
  ['not configured', {}, 'none', 'payment_method_is_not_configured'],
  ['another currency', {}, 'other currency', 'currency_differs'],
];

for (const [name, changes, way, comesTo] of cases) {
  test(`completing by API, ${name}: ${comesTo}`, () => {
    assert.equal(shown(decideCompletion({ ...order, ...changes }, () => way)), comesTo);
  });
}

function shown(decision: CompletionDecision): string {
  if (decision.kind === 'refuse') return decision.code;
  return decision.kind === 'complete at once' ? `at once: ${decision.by}` : decision.kind;
}
