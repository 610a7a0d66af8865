import type { MethodSettings } from '../../payments/port/payment-method.ts';
import type { DemoPlace } from './link-mobility-sms.ts';

/** The sandbox's one sales unit of Vipps MobilePay, for both of its methods. */
export function vippsDemo({ sandboxUrl, gateFor }: DemoPlace): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/vipps`,
    clientId: 'leveret-demo',
    clientSecret: 'vipps-demo-secret',
    subscriptionKey: 'vipps-demo-key',
    merchantSerialNumber: '123456',
    gateToken: gateFor('vipps').token,
  };
}
