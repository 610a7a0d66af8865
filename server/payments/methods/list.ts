import type { PaymentMethod as PaymentMethodName } from '../../orders/payment-methods.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import { kustomCheckout } from './kustom-checkout/method.ts';
import { linkMobilitySms } from './link-mobility-sms/method.ts';
import { strexConnect } from './strex-connect/method.ts';
import { swedbankPayCard, swedbankPaySwish } from './swedbank-pay/method.ts';
import { vippsEpayment } from './vipps-epayment/method.ts';
import { vippsRecurring } from './vipps-recurring/method.ts';

/**
 * Which adapters serve which of the publisher's payment methods. Where a publisher has set up several, the
 * first one here that can is taken for new payments, unless the order names the account of another. Buyers
 * are offered the methods in this order.
 */
export const methods: Partial<Record<PaymentMethodName, readonly PaymentMethod[]>> = {
  vippsEcommerce: [vippsEpayment],
  vippsRecurring: [vippsRecurring],
  kco: [kustomCheckout],
  creditcardPayex: [swedbankPayCard],
  swishPayex: [swedbankPaySwish],
  sms: [linkMobilitySms, strexConnect],
};

export const methodNames = Object.keys(methods) as PaymentMethodName[];

/** The payment method that an adapter serves. */
export function methodNameOf(adapter: string): PaymentMethodName | undefined {
  return methodNames.find((name) => methods[name]?.some((method) => method.name === adapter));
}
