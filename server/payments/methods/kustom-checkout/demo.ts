import type { DemoPlace, MethodSettings } from '../../port/payment-method.ts';

/** The demo publisher's account at the sandbox's Kustom. */
export function kustomCheckoutDemo({ sandboxUrl }: DemoPlace): MethodSettings {
  return { baseUrl: `${sandboxUrl}/kustom`, username: 'kco-demo', password: 'kustom-demo-password' };
}
