import type { PaymentMethod } from './order.ts';

type Allowance = 'allowed' | 'required' | 'refused';

/**
 * What an order may say beside each payment method, from the original's guide. What a method can do at a
 * provider is not said here: that follows from the functions its adapter has.
 */
export type PaymentMethodRules = {
  recurring: Allowance;
  prepaid: Allowance;
  /** The field that carries the evidence of a prepaid order. */
  paymentInfo?:
    | 'paymentInfoOther'
    | 'paymentInfoVipps'
    | 'paymentInfoPayex'
    | 'paymentInfoKlarna'
    | 'paymentInfoNexi'
    | 'paymentInfoSmsPay';
  /** Nothing is owed before access: the order completes at once. */
  completesUnpaid: boolean;
  needsMobile: boolean;
  /** May the fulfillment URL be used for it? */
  byUrl: boolean;
};

export const paymentMethodRules: Record<PaymentMethod, PaymentMethodRules> = {
  free: { recurring: 'refused', prepaid: 'refused', completesUnpaid: true, needsMobile: false, byUrl: true },
  invoice: {
    recurring: 'allowed',
    prepaid: 'refused',
    completesUnpaid: true,
    needsMobile: false,
    byUrl: true,
  },
  sms: { recurring: 'refused', prepaid: 'refused', completesUnpaid: false, needsMobile: true, byUrl: false },
  smsPay: {
    recurring: 'refused',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoSmsPay',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  vippsEcommerce: {
    recurring: 'refused',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoVipps',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  vippsRecurring: {
    recurring: 'required',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoVipps',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  kco: {
    recurring: 'allowed',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoKlarna',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  creditcardPayex: {
    recurring: 'allowed',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoPayex',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  swishPayex: {
    recurring: 'refused',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoPayex',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  nexi: {
    recurring: 'refused',
    prepaid: 'allowed',
    paymentInfo: 'paymentInfoNexi',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: true,
  },
  other: {
    recurring: 'allowed',
    prepaid: 'required',
    paymentInfo: 'paymentInfoOther',
    completesUnpaid: false,
    needsMobile: false,
    byUrl: false,
  },
};
