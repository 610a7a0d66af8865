import { z } from 'zod';
import type { TransactionStatus } from './translate.ts';

const word = z.string().catch('');

const Transaction = z.looseObject({
  statusCode: z.string(),
  detailedStatusCode: word,
  billed: z.boolean().optional().catch(undefined),
  price: z.number().optional().catch(undefined),
});

/** `price` is kroner with two decimals; here it is minor units, and nothing where it was not told. */
export type ReadTransaction = TransactionStatus & { priceMinor: number | undefined };

/** Reads a transaction; undefined where it is not one. */
export function readTransaction(raw: string): ReadTransaction | undefined {
  const parsed = Transaction.safeParse(readObject(raw));
  if (!parsed.success) return undefined;
  const { statusCode, detailedStatusCode, billed, price } = parsed.data;
  const priceMinor = price === undefined ? undefined : Math.round(price * 100);
  return { statusCode, detailedStatusCode, billed, priceMinor };
}

const Merchant = z.looseObject({ shortNumberIds: z.array(z.string()).catch([]) });

/** The short numbers a merchant may charge from: `2270` of `NO-2270`. Empty where they were not told. */
export function readShortNumbers(raw: string): string[] {
  const parsed = Merchant.safeParse(readObject(raw));
  return parsed.success ? parsed.data.shortNumberIds.map((id) => id.replace(/^[A-Z]{2}-/, '')) : [];
}

/** The guide writes some answers `TransactionId` and others `transactionId`. */
function readObject(raw: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(raw);
    if (typeof value !== 'object' || value === null) return {};
    const fields = Object.entries(value);
    return Object.fromEntries(fields.map(([key, one]) => [key.charAt(0).toLowerCase() + key.slice(1), one]));
  } catch {
    return {};
  }
}
