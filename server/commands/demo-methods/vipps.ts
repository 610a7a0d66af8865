import type { MethodSettings } from '../../payments/port/payment-method.ts';

/** The sandbox's one sales unit of Vipps MobilePay, for both of its methods. */
export function vippsDemoSettings(sandboxUrl: string, gateToken: string): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/vipps`,
    clientId: 'leveret-demo',
    clientSecret: 'vipps-demo-secret',
    subscriptionKey: 'vipps-demo-key',
    merchantSerialNumber: '123456',
    gateToken,
  };
}
