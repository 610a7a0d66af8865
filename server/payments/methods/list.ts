import type { PaymentMethod as PaymentMethodName } from '../../orders/order.ts';
import type { PaymentMethod } from '../port/payment-method.ts';
import { linkMobilitySms } from './link-mobility-sms/method.ts';
import { strexConnect } from './strex-connect/method.ts';

/**
 * Which adapters serve which of the publisher's payment methods. Where a publisher has set up several, the
 * first one here is taken for new payments, unless the order names the account of another.
 */
export const methods: Partial<Record<PaymentMethodName, readonly PaymentMethod[]>> = {
  sms: [linkMobilitySms, strexConnect],
};
