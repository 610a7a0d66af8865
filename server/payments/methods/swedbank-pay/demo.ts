import type { DemoPlace, MethodSettings } from '../../port/payment-method.ts';

/** The demo merchant at the sandbox's Swedbank Pay, for cards and Swish; its notices bring no credentials. */
export function swedbankPayDemo({ sandboxUrl }: DemoPlace): MethodSettings {
  return {
    baseUrl: `${sandboxUrl}/swedbankpay`,
    accessToken: 'swedbank-demo-token',
    payeeId: '5cabf558-5283-482f-b252-4d58e06f6f3b',
    payeeName: 'Demo Avis',
  };
}
