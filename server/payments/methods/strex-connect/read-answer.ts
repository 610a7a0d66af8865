import { Type } from 'typebox';
import { ifReadable, orElse, readLeniently } from '../../../kit/read-leniently.ts';
import type { TransactionStatus } from './translate.ts';

const Transaction = Type.Object({
  statusCode: Type.String(),
  detailedStatusCode: orElse(Type.String(), ''),
  billed: ifReadable(Type.Boolean()),
  price: ifReadable(Type.Number()),
});
const Merchant = Type.Object({ shortNumberIds: orElse(Type.Array(Type.String()), []) });

/** `price` is kroner with two decimals; here it is minor units, and nothing where it was not told. */
export type ReadTransaction = TransactionStatus & { priceMinor: number | undefined };

/** Reads a transaction; undefined where it is not one. */
export function readTransaction(body: unknown): ReadTransaction | undefined {
  const transaction = readLeniently(Transaction, withSmallInitials(body));
  if (!transaction) return undefined;
  const { statusCode, detailedStatusCode, billed, price } = transaction;
  const priceMinor = price === undefined ? undefined : Math.round(price * 100);
  return { statusCode, detailedStatusCode, billed, priceMinor };
}

/** The short numbers a merchant may charge from: `2270` of `NO-2270`. Empty where they were not told. */
export function readShortNumbers(body: unknown): string[] {
  const merchant = readLeniently(Merchant, withSmallInitials(body));
  return merchant?.shortNumberIds.map((id) => id.replace(/^[A-Z]{2}-/, '')) ?? [];
}

/** The guide writes some answers `TransactionId` and others `transactionId`. */
function withSmallInitials(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) return {};
  const fields = Object.entries(body);
  return Object.fromEntries(fields.map(([key, one]) => [key.charAt(0).toLowerCase() + key.slice(1), one]));
}
