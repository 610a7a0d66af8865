import { vippsAddresses, vippsSettings } from '../../../provider-clients/vipps/account.ts';
import { testVippsAccount } from '../../../provider-clients/vipps/check-account.ts';
import { payWithVipps } from '../../../provider-clients/vipps/pay-with-vipps.ts';
import { readVippsNotice } from '../../../provider-clients/vipps/read-notice.ts';
import {
  registerVippsWebhooks,
  unregisterVippsWebhooks,
} from '../../../provider-clients/vipps/register-webhooks.ts';
import type { MethodSettings, PaymentMethod } from '../../port/payment-method.ts';
import { askPayment } from './ask.ts';
import { cancelPayment } from './cancel.ts';
import { capturePayment } from './capture.ts';
import { maySendPush, pushPayment } from './charge.ts';
import { vippsDemo } from './demo.ts';
import { refundPayment } from './refund.ts';
import { startPayment } from './start.ts';

/** No call tells whether a sales unit is approved, but one that makes a payment. Source: code 5080. */
function remarksOnPush(settings: MethodSettings): string[] {
  if (!maySendPush(settings)) return [];
  return [
    'pushMessages is on: Vipps MobilePay must have approved the sales unit for PUSH_MESSAGE, which only a ' +
      'payment can show. Where it has not (error 5080), the buyer pays in the browser instead.',
  ];
}

/** One payment by Vipps or MobilePay: in the browser, or by a message to the app of a buyer elsewhere. */
export const vippsEpayment: PaymentMethod = {
  name: 'vipps-epayment',
  account: 'vipps',
  provider: 'Vipps MobilePay',
  texts: { nb: 'Vipps', nn: 'Vipps', sv: 'Vipps', da: 'Vipps MobilePay', fi: 'MobilePay', en: 'Vipps' },
  payWith: payWithVipps,
  mark: 'app',
  settings: vippsSettings,
  addresses: vippsAddresses,
  demo: { settingsFor: vippsDemo },
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
  mayCharge: maySendPush,
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
  remarksOn: remarksOnPush,
  testSettings: testVippsAccount,
};
