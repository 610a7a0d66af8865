import type { ReportGate } from '../../kit/report-gate.ts';
import type { MethodSettings } from '../../payments/port/payment-method.ts';

/** The demo merchant at the sandbox's LINK, whose delivery reports come through `gate`. */
export function linkMobilityDemo(sandboxUrl: string, gate: ReportGate): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/link`,
    username: 'leveret',
    password: 'link-demo-password',
    platformId: 'SANDBOX',
    platformPartnerId: '1',
    gateId: 'charges',
    gateToken: gate.token,
    gateUsername: gate.username,
    gatePassword: gate.password,
    shortNumber: '2270',
    strexMerchantId: 'mer_demo',
    productCategory: '25',
  };
}
