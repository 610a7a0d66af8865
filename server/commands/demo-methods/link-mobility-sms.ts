import type { ReportGate } from '../../kit/report-gate.ts';
import type { MethodSettings } from '../../payments/port/payment-method.ts';

/** Where the sandbox is, and the gate of notices for one purpose. */
export type DemoPlace = { sandboxUrl: string; gateFor(purpose: string): ReportGate };

/** The demo publisher's account at the sandbox's LINK Mobility. */
export function linkMobilitySmsDemo({ sandboxUrl, gateFor }: DemoPlace): MethodSettings {
  const { token, username, password } = gateFor('charges');
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
