import type { DemoPlace, MethodSettings } from '../../port/payment-method.ts';

/** The demo publisher's account at the sandbox's LINK Mobility. */
export function linkMobilitySmsDemo({ sandboxUrl, credentialsFor }: DemoPlace): MethodSettings {
  const { token, username, password } = credentialsFor('charges');
  return {
    baseUrl: `${sandboxUrl}/link`,
    username: 'leveret',
    password: 'link-demo-password',
    platformId: 'SANDBOX',
    platformPartnerId: '1',
    gateId: 'charges',
    gateToken: token,
    gateUsername: username,
    gatePassword: password,
    shortNumber: '2270',
    strexMerchantId: 'mer_demo',
    productCategory: '25',
  };
}
