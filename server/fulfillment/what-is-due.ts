import { type PaymentMethod, takerOf } from '../orders/payment-methods.ts';

export type OwingOrder = {
  /** Nothing where the order leaves it to the buyer. */
  paymentMethod: PaymentMethod | undefined;
  prepaid: boolean;
  amountMinor: number;
  /** It is recurring, and a line of it has a period after which there is something to charge. */
  renews: boolean;
};

/**
 * What must come before a registered order completes. `agreement`: nothing is owed yet, and the buyer must
 * agree to what will be; `proof elsewhere`: it was to be paid elsewhere, and nobody has said that it is.
 */
export type Due = 'nothing owed' | 'invoice' | 'prepayment' | 'money' | 'agreement' | 'proof elsewhere';

/** Decides what an order waits for. Whoever is to pay after a trial is asked to agree before it. */
export function dueOf({ paymentMethod, prepaid, amountMinor, renews }: OwingOrder): Due {
  if (prepaid) return 'prepayment';
  switch (takerOf(paymentMethod)) {
    case 'publisher':
      return 'proof elsewhere';
    case 'invoice':
      return 'invoice';
    case 'nobody':
      return 'nothing owed';
    case 'provider':
      if (amountMinor > 0) return 'money';
      return renews ? 'agreement' : 'nothing owed';
  }
}
