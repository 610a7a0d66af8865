import type { PaymentMethod } from '../../port/payment-method.ts';
import { askAgreement, stopAgreement } from './agreements.ts';
import { ask } from './ask.ts';
import { cancel } from './cancel.ts';
import { charge } from './charge.ts';
import { acknowledge, capture, refund } from './move-money.ts';
import { readNotice } from './read-notice.ts';
import { addresses, settings } from './settings.ts';
import { start } from './start.ts';
import { testSettings } from './try-settings.ts';

/**
 * Kustom Checkout, formerly Klarna Checkout: a checkout in a frame of our page, an order to be captured in
 * 28 days, and a token for payments to come. What counts is what order management says.
 */
export const kustomCheckout: PaymentMethod = {
  name: 'kustom-checkout',
  settings,
  addresses,
  needs: { mobile: false },
  money: 'reserved',
  referencePattern: /^[A-Za-z0-9-]{1,255}$/,
  // The buyer comes back, or Kustom pushes after two minutes; a session that nobody pays lives for 48 hours.
  askAfterSeconds: [60, 180, 600, 1800, 3600, 10_800],
  start,
  charge,
  chargeRepeats: false,
  chargeNeedsAgreement: true,
  ask,
  acknowledge,
  capture,
  // Order Management v1: `POST …/captures` any number of times; the order is `PART_CAPTURED` in between.
  captures: 'in parts',
  cancel,
  refund,
  readNotice,
  stopAgreement,
  askAgreement,
  testSettings,
};
