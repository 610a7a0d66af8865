import type { MethodSettings } from '../../payments/port/payment-method.ts';
import type { DemoPlace } from './link-mobility-sms.ts';

/** The demo publisher's account at the sandbox's Kustom. */
export function kustomCheckoutDemo({ sandboxUrl }: DemoPlace): MethodSettings {
  return { baseUrl: `${sandboxUrl}/kustom`, username: 'kco-demo', password: 'kustom-demo-password' };
}
