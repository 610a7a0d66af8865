import type { DemoPlace, MethodSettings } from '../../port/payment-method.ts';

/** The demo merchant at the sandbox's Strex Connect; its notices come to addresses of single attempts. */
export function strexConnectDemo({ sandboxUrl }: DemoPlace): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/strex`,
    apiKey: 'strex-demo-key',
    merchantId: 'mer_demo',
    shortNumber: '2270',
    serviceCode: '16004',
  };
}
