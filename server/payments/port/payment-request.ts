import type { ProviderMoney } from './provider-answer.ts';

export type Period = { unit: 'day' | 'week' | 'month' | 'year'; count: number };

/** Amounts are minor units with VAT included; `vatBasisPoints` 2500 is 25 %. */
export type PaymentLine = {
  reference: string;
  name: string;
  quantity: number;
  unitPriceMinor: number;
  amountMinor: number;
  vatBasisPoints: number;
  vatMinor: number;
  /** How often a line of a recurring order is paid again; nothing where it is paid once. */
  renewsEvery?: Period;
};

/** What is to be paid, as every provider needs to know it. */
export type PaymentRequest = {
  /** Ours: a letter, then 25 letters a-z and digits; unique for good, and the provider's idempotency key. */
  reference: string;
  amountMinor: number;
  vatMinor: number;
  /** ISO 4217. */
  currency: string;
  /** The whole purchase by its first line, in the buyer's language; at most `longestDescription`. */
  description: string;
  lines: readonly PaymentLine[];
  /** E.164 with `+`, where the payer gave one. */
  mobile: string | undefined;
  email: string | undefined;
  /** ISO 3166, two letters; a BCP 47 tag such as `nb`. */
  country: string;
  language: string;
  /** Where the provider tells about this one attempt; unguessable. A topic may be put behind it: `/push`. */
  noticeUrl: string;
  /** What is agreed on for payments to come; nothing where this is paid once. */
  agreement: AgreementTerms | undefined;
};

/** What a period costs, all that renews together. */
export type PeriodPrice = { amountMinor: number; period: Period };

/** What is agreed on, as far as a provider may refuse it. */
export type AgreementOffer = PeriodPrice & {
  currency: string;
  /** What is paid at once, with all that does not renew; 0 where nothing is. */
  firstPaymentMinor: number;
  /** The first period; nothing where what begins together begins differently. */
  first: PeriodPrice | undefined;
  /** How often the lines renew that this price does not hold; nothing where all renew together. */
  otherPeriods?: readonly Period[] | undefined;
};

/** A price for every period to come, which the buyer agrees to pay without being at a screen. */
export type AgreementTerms = PeriodPrice & {
  productName: string;
  /** What the first period costs, and how long it is; as the others where it is not said. */
  first?: PeriodPrice | undefined;
  /** How often the lines renew that this price does not hold; nothing where all renew together. */
  otherPeriods?: readonly Period[];
  /** Our page where the agreement can be seen and ended. */
  manageUrl: string;
};

/** A price for each period; or a sum that the buyer was suggested, and may have set otherwise since. */
export type AgreedPrice =
  | { kind: 'fixed'; amountMinor: number }
  | { kind: 'up to'; suggestedMinor: number; chosenMinor?: number };

/** A charge of an agreement, as far as a provider may refuse it. Days are `YYYY-MM-DD` at the provider's. */
export type WantedCharge = {
  amountMinor: number;
  dueOn: string;
  today: string;
  agreed: { price: AgreedPrice; period: Period; startedOn: string };
  /** What is taken by the agreement or under way, without the first payment that came with the consent. */
  others: readonly { amountMinor: number; dueOn: string }[];
};

export type StartRequest = PaymentRequest & {
  /** Our page that the provider sends the buyer back to, however it went; it proves nothing. */
  returnUrl: string;
  /** Our page on which a snippet stands. */
  pageUrl: string;
  termsUrl: string;
  /** Address and browser of the buyer, where they are known. */
  buyer: { userAgent: string | undefined; address: string | undefined };
  /** How long the buyer has. */
  windowSeconds: number;
};

export type ChargeRequest = Omit<PaymentRequest, 'agreement'> & {
  /** How long the provider may go on trying. */
  validitySeconds: number;
  /** When it is asked for, by the database's clock; an adapter reads no clock of its own. */
  askedAt: Date;
  /** Whether this mobile was never charged by the merchant before. */
  isFirstCharge: boolean;
  /** The provider's word for what the buyer agreed to earlier (an agreement's id, a stored card's token). */
  agreementToken?: string | undefined;
  /** The day an agreement is charged, `YYYY-MM-DD`; as soon as the provider can unless said. */
  dueOn?: string | undefined;
  /** Our page where a buyer ends up who approves on a phone; it proves nothing. */
  returnUrl: string;
};

/** A charge that the buyer confirms with the code from a message. */
export type ConfirmRequest = ChargeRequest & { code: string };

/** An attempt as the adapter made it earlier. */
export type AttemptFacts = {
  reference: string;
  providerId: string | undefined;
  amountMinor: number;
  vatMinor: number;
  currency: string;
  lines: readonly PaymentLine[];
  /** What is known of its money by now. */
  money: ProviderMoney;
  /** Whether the buyer was to agree on payments to come. */
  isAgreement: boolean;
};

/** One call that moves reserved or taken money. */
export type OperationRequest = {
  /** Ours, in the same form as an attempt's, unique for good, and the provider's idempotency key. */
  reference: string;
  amountMinor: number;
  vatMinor: number;
  description: string;
  /** The lines it is about; nothing where it is an amount of the whole. */
  lines: readonly PaymentLine[] | undefined;
};
