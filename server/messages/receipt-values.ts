import type { FirstAndMore } from '../kit/first-and-more.ts';
import type { Amount, Every, Length, Moment, Rate } from './message-values.ts';

/** A part of what is told of a seller; `kind` says which, for the words around it. */
export type SellerRow = {
  kind: 'name' | 'number' | 'address' | 'email' | 'phone' | 'terms' | 'privacy';
  value: string;
};

export type ReceiptLine = {
  description: string;
  quantity: number;
  unitPrice: Amount;
  hasDiscount: 'yes' | 'no';
  discount: Amount;
  rate: Rate;
  sum: Amount;
};

/** The sum of what has one rate, and the VAT in it. */
export type VatRow = { rate: Rate; sum: Amount; vat: Amount };

/** What renews together, until it is stopped at `stopUrl`; the first time on `day`, where that is known. */
export type RenewalRow = {
  product: FirstAndMore;
  price: Amount;
  every: Every;
  hasDay: 'yes' | 'no';
  day: Moment;
  stopUrl: string;
  /** Whether the buyer is bound, and for how long. */
  hasTerm: 'yes' | 'no';
  term: Length;
};

/** The right to withdraw from what one line sells, until the end of a day, or why there is none. */
export type RightRow = {
  product: string;
  /** `begun`: it lasts, and what is used may be charged; `lost`: digital content that began at once. */
  kind: 'until' | 'begun' | 'issue' | 'lost';
  until: Moment;
};

/** What an order's buyer gets when it is paid: the confirmation of the contract, on a durable medium. */
export type ReceiptValues = {
  publisherName: string;
  orderId: number;
  day: Moment;
  method: string;
  lines: readonly ReceiptLine[];
  total: Amount;
  vats: readonly VatRow[];
  renewals: readonly RenewalRow[];
  rights: readonly RightRow[];
  /** Where the buyer withdraws; none where there is nothing to withdraw from. */
  withdrawals: readonly { url: string }[];
  seller: readonly SellerRow[];
};

const amount = { amountMinor: 14_900, currency: 'NOK' };
const day = { at: new Date('2026-12-01T12:00:00Z'), timeZone: 'Europe/Oslo' };

export const sampleReceipt: ReceiptValues = {
  publisherName: 'Leveret',
  orderId: 1,
  day,
  method: 'Coins',
  lines: [
    {
      description: 'Leveret Pluss',
      quantity: 2,
      unitPrice: amount,
      hasDiscount: 'yes',
      discount: amount,
      rate: { basisPoints: 2500 },
      sum: amount,
    },
  ],
  total: amount,
  vats: [{ rate: { basisPoints: 2500 }, sum: amount, vat: { amountMinor: 2980, currency: 'NOK' } }],
  renewals: [
    {
      product: { first: 'Leveret Pluss', more: 0 },
      price: amount,
      every: { every: { unit: 'month', count: 1 } },
      hasDay: 'yes',
      day,
      stopUrl: 'https://leveret.example/user/agreement/a',
      hasTerm: 'yes',
      term: { length: { unit: 'month', count: 3 } },
    },
  ],
  rights: [{ product: 'Leveret Pluss', kind: 'until', until: day }],
  withdrawals: [{ url: 'https://leveret.example/user/withdraw/a' }],
  seller: [
    { kind: 'name', value: 'Leveret AS' },
    { kind: 'number', value: '923609016' },
  ],
};
