import { vippsAddresses, vippsSettings } from '../../../provider-clients/vipps/account.ts';
import { testVippsAccount } from '../../../provider-clients/vipps/check-account.ts';
import { payWithVipps } from '../../../provider-clients/vipps/pay-with-vipps.ts';
import { readVippsNotice } from '../../../provider-clients/vipps/read-notice.ts';
import {
  registerVippsWebhooks,
  unregisterVippsWebhooks,
} from '../../../provider-clients/vipps/register-webhooks.ts';
import type { PaymentMethod } from '../../port/payment-method.ts';
import { askAgreement, changeAgreement, stopAgreement } from './agreement.ts';
import { refuseAgreement } from './agreement-rules.ts';
import { askCharge } from './ask.ts';
import { cancelCharge } from './cancel.ts';
import { captureCharge } from './capture.ts';
import { chargeAgreement } from './charge.ts';
import { refuseCharge } from './charge-rules.ts';
import { refundCharge } from './refund.ts';
import { startAgreement } from './start.ts';
import { longestDescription } from './translate.ts';

/** Agreements by Vipps or MobilePay: the buyer consents once, and we charge every period. */
export const vippsRecurring: PaymentMethod = {
  name: 'vipps-recurring',
  account: 'vipps',
  provider: 'Vipps MobilePay',
  texts: {
    nb: 'Vipps med fast betaling',
    nn: 'Vipps med fast betaling',
    sv: 'Vipps med återkommande betalning',
    da: 'Vipps MobilePay med fast betaling',
    fi: 'MobilePay, toistuva maksu',
    en: 'Vipps, with an agreement',
  },
  payWith: payWithVipps,
  mark: 'app',
  settings: vippsSettings,
  addresses: vippsAddresses,
  needs: { mobile: false },
  money: 'taken at once',
  referencePattern: /^[a-zA-Z0-9-]{8,40}$/,
  longestDescription,
  currencies: ['NOK', 'DKK', 'EUR'],
  // An agreement expires after ten minutes unless it was approved; a charge waits for its day.
  askAfterSeconds: [5, 7, 9, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 420, 605, 900, 1800, 5400],
  start: startAgreement,
  charge: chargeAgreement,
  chargeNeedsAgreement: true,
  refuseAgreement,
  refuseCharge,
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
