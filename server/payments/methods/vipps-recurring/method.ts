import { vippsAddresses, vippsSettings } from '../../../provider-clients/vipps/account.ts';
import { testVippsAccount } from '../../../provider-clients/vipps/check-account.ts';
import { readVippsNotice } from '../../../provider-clients/vipps/read-notice.ts';
import {
  registerVippsWebhooks,
  unregisterVippsWebhooks,
} from '../../../provider-clients/vipps/register-webhooks.ts';
import type { PaymentMethod } from '../../port/payment-method.ts';
import { askCharge } from './ask-charge.ts';
import { cancelCharge } from './cancel-charge.ts';
import { chargeAgreement } from './charge-agreement.ts';
import { askAgreement, changeAgreement, stopAgreement } from './keep-agreement.ts';
import { captureCharge, refundCharge } from './move-money.ts';
import { startAgreement } from './start-agreement.ts';

/** Agreements by Vipps or MobilePay: the buyer consents once, and we charge every period. */
export const vippsRecurring: PaymentMethod = {
  name: 'vipps-recurring',
  account: 'vipps',
  settings: vippsSettings,
  addresses: vippsAddresses,
  needs: { mobile: false },
  money: 'taken at once',
  referencePattern: /^[a-zA-Z0-9-]{8,40}$/,
  currencies: ['NOK', 'DKK', 'EUR'],
  // An agreement expires after ten minutes unless it was approved; a charge waits for its day.
  askAfterSeconds: [5, 7, 9, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 420, 605, 900, 1800, 5400],
  start: startAgreement,
  charge: chargeAgreement,
  chargeNeedsAgreement: true,
  chargeRepeats: true,
  // A first payment comes with the buyer's consent, in the app.
  ask: askCharge,
  capture: captureCharge,
  // Recurring API v3: `CaptureChargeV3` takes a part, of at least 100 minor units, and leaves the charge
  // `PARTIALLY_CAPTURED`.
  captures: 'in parts',
  leastCaptureMinor: { NOK: 100, DKK: 100, EUR: 100 },
  cancel: cancelCharge,
  refund: refundCharge,
  readNotice: readVippsNotice,
  registerNotices: registerVippsWebhooks,
  unregisterNotices: unregisterVippsWebhooks,
  stopAgreement,
  changeAgreement,
  askAgreement,
  testSettings: testVippsAccount,
};
