/** Why the law, or the seller's terms, give no right of withdrawal. */
export type NoWithdrawal =
  | 'not offered'
  | 'buyer outside the EEA'
  | 'bought for a business'
  | 'single issue'
  | 'digital content begun';

/** A price that comes again, and how often it does in words: `149 kr`, `every month`. */
export type Recurring = { price: string; every: string };

/** Every word of the page on which something is bought. Amounts and days come ready to be read. */
export type CheckoutTexts = {
  heading: string;
  /** Where the order is only to be confirmed. */
  confirmHeading: string;
  bought: string;
  /** Of one piece, where there are several. */
  each: (price: string) => string;
  vat: (rate: string) => string;
  toPayNow: string;
  /** Of an order that cannot be paid any more. */
  toPay: string;
  toPayByInvoice: string;
  paidBefore: string;
  totalVat: string;
  renewal: string;
  /** A sentence; without a day where it is not known yet. */
  renews: (renewal: Recurring & { firstDay: string | undefined }) => string;
  /** Of a length of time in words, such as `3 months`. */
  leastTerm: (length: string) => string;
  noLeastTerm: string;
  /** Ends with `contact`, an address or number of the seller, where it is known; who is bound stops later. */
  howToStop: (contact: string | undefined, isBound: boolean) => string;
  withdrawal: string;
  /** What costs nothing gives no money back. */
  mayWithdraw: (days: number, isFree: boolean) => string;
  /** Who may withdraw from what is bought for somebody else. */
  gift: string;
  /** A sentence each; `what` is there where it is true of a part of the order only. */
  mayNotWithdraw: Record<NoWithdrawal, (what: string | undefined) => string>;
  seller: string;
  /** What the buyer agrees to by ticking the box; nothing is ticked beforehand. */
  earlyStart: Record<'ends the right' | 'used days are paid' | 'both', { label: string; hint: string }>;
  /** `how` says by which method, and stands as it is: `with Vipps`, `by card`. */
  pay: (amount: string, how: string) => string;
  /** `then` is each price that comes again, with how often: `149 kr every month and 990 kr every year`. */
  payThen: (amount: string, how: string, then: string) => string;
  startThen: (how: string, then: string) => string;
  payByInvoice: (amount: string) => string;
  /** Instead of saying that nothing is to be paid, where an invoice follows. */
  invoiceFollows: string;
  complete: string;
  getFree: string;
  /** Between the page and its button. */
  changed: string;
  /** The withdrawal function, in the words of directive 2011/83/EU, article 11a(1): see decision 55. */
  withdraw: string;
};
