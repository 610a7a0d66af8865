import type { PeriodType } from '../catalogue/catalogue.ts';
import type { Currency } from '../kit/money.ts';
import type { By } from '../kit/origin.ts';
import type { Client } from '../publishers/publisher.ts';
import type { ProductSpecType } from './order.ts';
import type { PaymentMethod } from './payment-methods.ts';

/** An order as it will be saved: validated, priced, and without anything that must not be kept. */
export type NewOrder = {
  client: Client;
  externalOrderId: string | undefined;
  customerNumber: number | undefined;
  uniqueUserId: string | undefined;
  paymentMethod: PaymentMethod | undefined;
  prepaid: boolean;
  recurring: boolean;
  /** Agreed on the publisher's own page; nothing where nobody said so. */
  earlyStart: boolean | undefined;
  merchantId: string | undefined;
  amountMinor: number;
  currency: Currency;
  orderedAt: Date | undefined;
  attributes: Record<string, unknown>;
  payer: NewParty;
  lines: NewLine[];
  prepayment: Prepayment | undefined;
  catalogueVersion: number;
};

/** What an order was paid with before it was registered. */
export type Prepayment = {
  transactionId: string;
  /** Whose transaction it is, as the payment info is named: methods of one provider share them. */
  provider: string;
  /** Our adapters at that provider, whose own payments pay no other order. */
  adapters: readonly string[];
  evidence: Record<string, unknown>;
};

export type NewParty = {
  details: Record<string, unknown>;
  mobile: { shown: string; key: Buffer } | undefined;
  email: { shown: string; key: Buffer } | undefined;
};

export type NewLine = {
  specType: ProductSpecType;
  offerCode: string | undefined;
  offerNumber: number | undefined;
  productCode: string | undefined;
  issueCode: string | undefined;
  articleRef: string | undefined;
  description: string;
  quantity: number;
  unitPriceMinor: number;
  discountMinor: number;
  amountMinor: number;
  vatBasisPoints: number;
  vatMinor: number;
  captureWhen: string;
  periodLength: number | undefined;
  periodType: PeriodType | undefined;
  allowAccessProduct: string | undefined;
  allowAccessCategoryType: string | undefined;
  allowAccessSeconds: number | undefined;
  startsAt: Date | undefined;
  receiver: NewParty | undefined;
  attributes: Record<string, unknown>;
};

export type Registration = {
  order: NewOrder;
  by: By;
  /** What an idempotency key is kept under; a reader's has the account behind it, as many share a client. */
  operation: string;
  idempotencyKey: string | undefined;
  /** SHA-256 of the request's body: the content a key and a paid transaction are bound to. */
  contentSha256: Buffer;
};
