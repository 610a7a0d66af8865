import { linesOfParts, vatOf } from '../lines/find-payment-lines.ts';
import type { LinePart } from '../payment.ts';
import type { PaymentLine } from '../port/payment-request.ts';

/**
 * The VAT in an amount of an order's lines: that of the parts where it is of lines, else its share of the
 * whole's VAT, to the nearest minor unit, half up.
 */
export function vatOfAmount(
  lines: readonly PaymentLine[],
  amountMinor: number,
  parts: readonly LinePart[] | undefined,
): number {
  if (parts) return vatOf(linesOfParts(lines, parts));
  const wholeMinor = lines.reduce((sum, line) => sum + line.amountMinor, 0);
  if (wholeMinor === 0) return 0;
  const exact = BigInt(vatOf(lines)) * BigInt(amountMinor) * 2n;
  return Number((exact + BigInt(wholeMinor)) / (2n * BigInt(wholeMinor)));
}
