import type { PaymentMethod as PaymentMethodName } from '../../orders/order.ts';
import type { PaymentMethod } from '../payment-method.ts';
import { linkMobilitySms } from './link-mobility-sms/method.ts';

/** Which adapter serves which of the publisher's payment methods. */
export const methods: Partial<Record<PaymentMethodName, PaymentMethod>> = {
  sms: linkMobilitySms,
};
