import { kustomCheckout } from '../../payments/methods/kustom-checkout/method.ts';
import { linkMobilitySms } from '../../payments/methods/link-mobility-sms/method.ts';
import { strexConnect } from '../../payments/methods/strex-connect/method.ts';
import { swedbankPayCard } from '../../payments/methods/swedbank-pay/method.ts';
import { vippsEpayment } from '../../payments/methods/vipps-epayment/method.ts';
import type { MethodSettings, PaymentMethod } from '../../payments/port/payment-method.ts';
import { kustomCheckoutDemo } from './kustom-checkout.ts';
import { type DemoPlace, linkMobilitySmsDemo } from './link-mobility-sms.ts';
import { strexConnectDemo } from './strex-connect.ts';
import { swedbankPayDemo } from './swedbank-pay.ts';
import { vippsDemo } from './vipps.ts';

type DemoMethod = {
  method: PaymentMethod;
  /** The account's name; nothing for the one that orders need not name. */
  merchantId?: string;
  settingsFor(place: DemoPlace): MethodSettings;
};

/** The demo publisher's accounts at the sandbox's providers; methods of one contract share theirs. */
export const demoMethods: readonly DemoMethod[] = [
  { method: linkMobilitySms, settingsFor: linkMobilitySmsDemo },
  { method: strexConnect, merchantId: 'strex', settingsFor: strexConnectDemo },
  { method: vippsEpayment, settingsFor: vippsDemo },
  { method: swedbankPayCard, settingsFor: swedbankPayDemo },
  { method: kustomCheckout, settingsFor: kustomCheckoutDemo },
];
