import type { DemoPlace, MethodSettings } from '../../port/payment-method.ts';

/** The sandbox's one sales unit of Vipps MobilePay, for both of its methods. */
export function vippsDemo({ sandboxUrl, credentialsFor }: DemoPlace): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/vipps`,
    clientId: 'leveret-demo',
    clientSecret: 'vipps-demo-secret',
    subscriptionKey: 'vipps-demo-key',
    merchantSerialNumber: '123456',
    // The sandbox's sales unit has the approval that a real one must ask for.
    pushMessages: 'yes',
    gateToken: credentialsFor('vipps').token,
  };
}
