import type { CheckoutTexts, NoWithdrawal } from '../texts/checkout/checkout-shape.ts';
import type { Period } from '../texts/text-shape.ts';
import type { MethodMark } from './method-mark.tsx';

/** Amounts, rates and days are ready to be read, in the language of the page. */
export type CheckoutLine = {
  description: string;
  quantity: number;
  unitPrice: string;
  /** Such as `25 %`; nothing where it is not known. */
  vatRate: string | undefined;
  sum: string;
};

/** What is paid again by itself, until it is stopped. */
export type CheckoutRenewal = {
  /** What it is of, where lines renew at different lengths. */
  product?: string | undefined;
  price: string;
  period: Period;
  firstDay: string | undefined;
  /** How long the buyer is bound; nothing where it can be stopped at any time. */
  leastTerm: Period | undefined;
  /** The address or number of the seller at which it is stopped. */
  stopAt: string | undefined;
};

/** `days` where anything of the order can be withdrawn from, and what cannot, with the reason. */
export type CheckoutWithdrawal = {
  days: number | undefined;
  /** Some of what can be withdrawn from is for somebody else. */
  hasGift?: boolean | undefined;
  without: readonly { description: string; why: NoWithdrawal }[];
};

/** What the order is about. Everything of it is said directly before the button. */
export type CheckoutOrder = {
  /** Empty where the address can be guessed, so that nobody reads there what others buy. */
  lines: readonly CheckoutLine[];
  totalVat: string | undefined;
  renewal: CheckoutRenewal | undefined;
  /** Of lines that renew at other lengths than the first. */
  otherRenewals?: readonly CheckoutRenewal[];
  withdrawal: CheckoutWithdrawal | undefined;
  /** What agreeing to an early start would mean; nothing where there is nothing to agree to. */
  earlyStart: keyof CheckoutTexts['earlyStart'] | undefined;
};

/** Everything that is paid again by itself: one price for each length. */
export function renewalsOf({ renewal, otherRenewals = [] }: CheckoutOrder): CheckoutRenewal[] {
  return renewal ? [renewal, ...otherRenewals] : [];
}

/**
 * What pressing the button makes the buyer owe: the total now, the renewal's price when a trial is over, the
 * total by an invoice, or nothing, since the order is free or was paid before.
 */
export type CheckoutDue = 'now' | 'after trial' | 'by invoice' | 'nothing' | 'paid before';

/** `name` is sent back; `how` stands behind the amount on the button: `with Vipps`, `by card`. */
export type OfferedMethod = { name: string; label: string; how: string; mark: MethodMark };
