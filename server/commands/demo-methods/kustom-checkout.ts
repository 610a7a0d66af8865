import type { MethodSettings } from '../../payments/port/payment-method.ts';

/** The demo publisher's account at the sandbox's Kustom. */
export function kustomCheckoutDemo(sandboxUrl: string, _gateToken: string): MethodSettings {
  return { baseUrl: `${sandboxUrl}/kustom`, username: 'kco-demo', password: 'kustom-demo-password' };
}
