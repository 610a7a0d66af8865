import type { Status } from './status.ts';

/** A transaction as Strex keeps it. A reversal is one of its own, with a negative price. */
export type Transaction = {
  transactionId: string;
  merchantId: string;
  shortNumber: string;
  recipient: string;
  priceMinor: number;
  serviceCode: string;
  invoiceText: string;
  reverses: string | null;
  acceptedAtMilliseconds: number;
  expiresAtMilliseconds: number;
  lastModified: string;
  status: Status;
};
