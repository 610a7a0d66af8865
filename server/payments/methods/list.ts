import type { PaymentMethod as PaymentMethodName } from '../../orders/order.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import { linkMobilitySms } from './link-mobility-sms/method.ts';
import { vippsEpayment } from './vipps-epayment/method.ts';
import { vippsRecurring } from './vipps-recurring/method.ts';

/**
 * Which adapters serve which of the publisher's payment methods. Where a publisher has set up several, the
 * first one here is taken for new payments.
 */
export const methods: Partial<Record<PaymentMethodName, readonly PaymentMethod[]>> = {
  sms: [linkMobilitySms],
  vippsEcommerce: [vippsEpayment],
  vippsRecurring: [vippsRecurring],
};
