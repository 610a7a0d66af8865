import type { Amount, Moment } from './message-values.ts';
import type { SellerRow } from './receipt-values.ts';

/**
 * What the receipt of a statement of withdrawal says. `toconfirm` goes to the order's own address where
 * anybody stated it, `unproven` to the address that they typed: what they wrote, and nothing of an order.
 */
export type WithdrawalReceiptValues = {
  publisherName: string;
  at: Moment;
  name: string;
  /** As it was written. */
  order: string;
  hasWhat: 'yes' | 'no';
  /** What it is about, where it is not the whole order. */
  what: string;
  outcome: 'accepted' | 'cancelled' | 'repeated' | 'looked' | 'toconfirm' | 'unproven';
  refunds: readonly { amount: Amount; by: 'us' | 'invoice' | 'hand' }[];
  confirms: readonly { url: string }[];
  seller: readonly SellerRow[];
};

export const sampleWithdrawalReceipt: WithdrawalReceiptValues = {
  publisherName: 'Leveret',
  at: { at: new Date('2026-12-01T12:00:00Z'), timeZone: 'Europe/Oslo', hasTime: true },
  name: 'Kari Nordmann',
  order: '1',
  hasWhat: 'yes',
  what: 'Leveret Pluss',
  outcome: 'accepted',
  refunds: [{ amount: { amountMinor: 14_900, currency: 'NOK' }, by: 'us' }],
  confirms: [{ url: 'https://leveret.example/user/withdraw/a' }],
  seller: [
    { kind: 'name', value: 'Leveret AS' },
    { kind: 'number', value: '923609016' },
  ],
};
