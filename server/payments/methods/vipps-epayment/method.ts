import { vippsAddresses, vippsSettings } from '../../../provider-clients/vipps/account.ts';
import { testVippsAccount } from '../../../provider-clients/vipps/check-account.ts';
import { readVippsNotice } from '../../../provider-clients/vipps/read-notice.ts';
import {
  registerVippsWebhooks,
  unregisterVippsWebhooks,
} from '../../../provider-clients/vipps/register-webhooks.ts';
import type { PaymentMethod } from '../../port/payment-method.ts';
import { askPayment } from './ask-payment.ts';
import { pushPayment, startPayment } from './create-payment.ts';
import { cancelPayment, capturePayment, refundPayment } from './move-money.ts';

/** One payment by Vipps or MobilePay: in the browser, or by a message to the app of a buyer elsewhere. */
export const vippsEpayment: PaymentMethod = {
  name: 'vipps-epayment',
  account: 'vipps',
  settings: vippsSettings,
  addresses: vippsAddresses,
  // In the browser Vipps MobilePay asks for the number itself; without one a message to the app is declined.
  needs: { mobile: true },
  money: 'reserved',
  referencePattern: /^[a-zA-Z0-9-]{8,40}$/,
  currencies: ['NOK', 'DKK', 'EUR'],
  // A payment expires after ten minutes unless it was approved.
  askAfterSeconds: [5, 7, 9, 12, 15, 20, 25, 30, 45, 60, 90, 120, 180, 240, 300, 420, 605, 660, 900, 1800],
  start: startPayment,
  charge: pushPayment,
  chargeRepeats: true,
  ask: askPayment,
  capture: capturePayment,
  // Partial and repeated captures, none below one krone: ePayment API 1.8.1, `capturePayment` and `Amount`.
  captures: 'in parts',
  leastCaptureMinor: { NOK: 100 },
  cancel: cancelPayment,
  refund: refundPayment,
  readNotice: readVippsNotice,
  registerNotices: registerVippsWebhooks,
  unregisterNotices: unregisterVippsWebhooks,
  testSettings: testVippsAccount,
};
