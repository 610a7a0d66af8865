type Allowance = 'allowed' | 'required' | 'refused';

/**
 * What an order may say beside each payment method, from the original's guide. What a method can do at a
 * provider is not said here: its adapter says it.
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
  /**
   * Who takes the money of an order that is not prepaid: a provider of ours, nobody, the publisher by an
   * invoice, or the publisher at a provider of its own.
   */
  takenBy: 'provider' | 'nobody' | 'invoice' | 'publisher';
};

const provider = { takenBy: 'provider' } as const;

// The public list of names, in the order of the API's description.
const rules = {
  free: { recurring: 'refused', prepaid: 'refused', takenBy: 'nobody' },
  invoice: { recurring: 'allowed', prepaid: 'refused', takenBy: 'invoice' },
  sms: { recurring: 'refused', prepaid: 'refused', ...provider },
  smsPay: { recurring: 'refused', prepaid: 'allowed', paymentInfo: 'paymentInfoSmsPay', ...provider },
  vippsEcommerce: { recurring: 'refused', prepaid: 'allowed', paymentInfo: 'paymentInfoVipps', ...provider },
  vippsRecurring: { recurring: 'required', prepaid: 'allowed', paymentInfo: 'paymentInfoVipps', ...provider },
  kco: { recurring: 'allowed', prepaid: 'allowed', paymentInfo: 'paymentInfoKlarna', ...provider },
  creditcardPayex: { recurring: 'allowed', prepaid: 'allowed', paymentInfo: 'paymentInfoPayex', ...provider },
  swishPayex: { recurring: 'refused', prepaid: 'allowed', paymentInfo: 'paymentInfoPayex', ...provider },
  nexi: { recurring: 'refused', prepaid: 'allowed', paymentInfo: 'paymentInfoNexi', ...provider },
  other: {
    recurring: 'allowed',
    prepaid: 'required',
    paymentInfo: 'paymentInfoOther',
    takenBy: 'publisher',
  },
} as const satisfies Record<string, PaymentMethodRules>;

/** A payment method as an order names it. */
export type PaymentMethod = keyof typeof rules;

export const paymentMethodRules: Record<PaymentMethod, PaymentMethodRules> = rules;

export const paymentMethods = Object.keys(rules) as PaymentMethod[];

/**
 * Names of before, which clients of the original still send for what the publisher has taken at a provider of
 * its own, and what each is here. Seen in the PHP client oauth2-connectid.
 */
export const formerMethods = { creditcard: 'other', masterpass: 'other' } as const satisfies Record<
  string,
  PaymentMethod
>;

/** Who takes the money; a provider of ours, where the order leaves its method to the buyer. */
export function takerOf(method: PaymentMethod | undefined): PaymentMethodRules['takenBy'] {
  return method === undefined ? 'provider' : paymentMethodRules[method].takenBy;
}

/** Whether no provider of ours takes money for an order: somebody else does, or it was paid before. */
export function owesNothing(order: { paymentMethod?: PaymentMethod | undefined; prepaid: boolean }): boolean {
  return order.prepaid || takerOf(order.paymentMethod) !== 'provider';
}

/** May an order by this method recur, or be paid once, as it says it does? */
export function mayRecurAs(method: PaymentMethod, recurring: boolean): boolean {
  return paymentMethodRules[method].recurring !== (recurring ? 'refused' : 'required');
}
