import type { Queryable } from '../database/statement.ts';
import { vatIncluded } from '../kit/money.ts';
import { findOrderContent } from './describe-payment.ts';
import type { LinePart } from './payment.ts';
import type { PaymentLine } from './port/payment-request.ts';

/** The lines of an order as its provider was told of them, in the order of their numbers. */
export async function findPaymentLines(
  database: Queryable,
  publisherId: number,
  orderId: number,
): Promise<PaymentLine[]> {
  const order = { publisher_id: publisherId, order_id: orderId, amount_minor: 0 };
  return (await findOrderContent(database, order)).lines;
}

/** The lines that an operation is about: as they are where it is all of them, else one piece of the part. */
export function linesOfParts(lines: readonly PaymentLine[], parts: readonly LinePart[]): PaymentLine[] {
  return parts.flatMap(({ lineNumber, amountMinor }) => {
    // Lines are numbered from 1, without a gap.
    const line = lines[lineNumber - 1];
    if (!line || line.amountMinor === amountMinor) return line ?? [];
    const vatMinor = vatIncluded(amountMinor, line.vatBasisPoints);
    return { ...line, quantity: 1, unitPriceMinor: amountMinor, amountMinor, vatMinor };
  });
}

export function vatOf(lines: readonly PaymentLine[]): number {
  return lines.reduce((sum, line) => sum + line.vatMinor, 0);
}
