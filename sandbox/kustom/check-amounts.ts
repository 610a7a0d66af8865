import type { OrderLine, Purchase } from './contract.ts';

/**
 * The rule of sums that a purchase breaks, or nothing. A line's tax lies within one minor unit of
 * `total_amount - total_amount * 10000 / (10000 + tax_rate)`, and the order's sums are those of its lines.
 */
export function checkAmounts(purchase: Purchase): string | undefined {
  const wrong = purchase.order_lines.flatMap(checkLine);
  if (wrong[0] !== undefined) return wrong[0];
  if (sum(purchase.order_lines, 'total_amount') !== purchase.order_amount) return 'Bad value: order_amount';
  const isTaxRight = sum(purchase.order_lines, 'total_tax_amount') === purchase.order_tax_amount;
  return isTaxRight ? undefined : 'Bad value: order_tax_amount';
}

/** The lines of a capture or refund, where there are some, make up its amount. */
export function checkMovedLines(lines: OrderLine[] | undefined, amount: number): string | undefined {
  if (lines === undefined) return undefined;
  const wrong = lines.flatMap(checkLine);
  if (wrong[0] !== undefined) return wrong[0];
  return sum(lines, 'total_amount') === amount
    ? undefined
    : 'Bad value: order_lines do not make up the amount';
}

function checkLine(line: OrderLine, at: number): string[] {
  const name = `order_lines[${at}]`;
  const gross = line.quantity * line.unit_price - (line.total_discount_amount ?? 0);
  if (gross !== line.total_amount) return [`Bad value: ${name}.total_amount`];
  const tax = line.total_amount - (line.total_amount * 10_000) / (10_000 + line.tax_rate);
  return Math.abs(line.total_tax_amount - tax) <= 1 ? [] : [`Bad value: ${name}.total_tax_amount`];
}

function sum(lines: OrderLine[], field: 'total_amount' | 'total_tax_amount'): number {
  return lines.reduce((total, line) => total + line[field], 0);
}
