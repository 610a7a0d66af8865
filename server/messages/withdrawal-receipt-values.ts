import type { Amount, Moment } from './message-values.ts';
import type { SellerRow } from './receipt-values.ts';

/**
 * A statement of withdrawal, as its receipt tells it. `toconfirm` goes to the order's own address where
 * anybody stated it, `unproven` to the address that they typed: what they wrote, and nothing of an order.
 */
export type StatementRow = {
  publisherName: string;
  at: Moment;
  name: string;
  /** As it was written. */
  order: string;
  hasWhat: 'yes' | 'no';
  /** What it is about, where it is not the whole order. */
  what: string;
  outcome: 'accepted' | 'cancelled' | 'stopped' | 'repeated' | 'looked' | 'toconfirm' | 'unproven';
  hasRefund: 'yes' | 'no';
  amount: Amount;
  by: 'us' | 'invoice' | 'hand';
};

/** What the receipt of one or more statements of withdrawal says; `order` is that of the first. */
export type WithdrawalReceiptValues = {
  publisherName: string;
  order: string;
  statements: readonly StatementRow[];
  confirms: readonly { url: string }[];
  seller: readonly SellerRow[];
};

export const sampleWithdrawalReceipt: WithdrawalReceiptValues = {
  publisherName: 'Leveret',
  order: '1',
  statements: [
    {
      publisherName: 'Leveret',
      at: { at: new Date('2026-12-01T12:00:00Z'), timeZone: 'Europe/Oslo', hasTime: true },
      name: 'Kari Nordmann',
      order: '1',
      hasWhat: 'yes',
      what: 'Leveret Pluss',
      outcome: 'accepted',
      hasRefund: 'yes',
      amount: { amountMinor: 14_900, currency: 'NOK' },
      by: 'us',
    },
  ],
  confirms: [{ url: 'https://leveret.example/user/withdraw/a' }],
  seller: [
    { kind: 'name', value: 'Leveret AS' },
    { kind: 'number', value: '923609016' },
  ],
};
