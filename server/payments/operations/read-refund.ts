import { isCurrency, parseMajor } from '../../kit/money.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { LineMoney } from '../find-line-money.ts';
import type { AccessRule, RefundedLine } from '../payment.ts';

/** What a publisher asks back, as decimal text in major units; neither amount nor lines means all of it. */
export type RefundWish = {
  amount?: string | undefined;
  lines?: readonly { lineNumber: number; amount?: string | undefined }[] | undefined;
  access?: AccessRule | undefined;
  reason?: string | undefined;
};

/** `lines` is nothing for an amount of the whole; `isWhole` where all that is left goes back. */
export type WishedMoney = {
  amountMinor: number;
  lines: RefundedLine[] | undefined;
  isWhole: boolean;
};

/**
 * Reads which amounts a wish is about. `mostMinor` is all that is left of the order. Refuses unknown and
 * repeated lines (`input_is_invalid`), amounts that are none (`amount_is_invalid`), and more than a line has
 * left (`refund_exceeds_payment`).
 */
export function readRefund(
  wish: RefundWish,
  lines: readonly LineMoney[],
  currency: string,
  mostMinor: number,
): WishedMoney {
  if (wish.amount !== undefined && wish.lines !== undefined) {
    const message = 'amount and lines exclude each other: lines have amounts of their own';
    throw fieldProblem('input_is_invalid', 'amount', message);
  }
  if (wish.amount !== undefined) {
    const amountMinor = readAmount(wish.amount, currency, 'amount');
    return { amountMinor, lines: undefined, isWhole: amountMinor === mostMinor };
  }
  if (wish.lines === undefined) return wholeOrder(lines, mostMinor);
  const read = wish.lines.map((line, index) => readLine(wish, line, index, lines, currency));
  return { amountMinor: sum(read), lines: read, isWhole: false };
}

/** Amounts that went back without naming a line leave less than the lines seem to have. */
function wholeOrder(lines: readonly LineMoney[], mostMinor: number): WishedMoney {
  const all = lines.map((line) => ({
    lineNumber: line.line_number,
    amountMinor: leftOf(line),
    isWhole: true,
  }));
  const isByLine = sum(all) === mostMinor;
  return { amountMinor: mostMinor, lines: isByLine ? all : undefined, isWhole: true };
}

function readLine(
  { lines: wished = [] }: RefundWish,
  { lineNumber, amount }: { lineNumber: number; amount?: string | undefined },
  index: number,
  lines: readonly LineMoney[],
  currency: string,
): RefundedLine {
  const field = `lines[${index}]`;
  const line = lines.find((one) => one.line_number === lineNumber);
  const isRepeated = wished.findIndex((one) => one.lineNumber === lineNumber) !== index;
  if (!line || isRepeated) {
    const message = `${field}.lineNumber ${isRepeated ? 'is named twice' : 'is no line of the order'}`;
    throw fieldProblem('input_is_invalid', `${field}.lineNumber`, message);
  }
  const left = leftOf(line);
  const amountMinor = amount === undefined ? left : readAmount(amount, currency, `${field}.amount`);
  if (amountMinor > left) {
    throw new Problem('refund_exceeds_payment', { detail: `Line ${lineNumber} has less than that left.` });
  }
  return { lineNumber, amountMinor, isWhole: amountMinor === left };
}

function leftOf(line: LineMoney): number {
  return Math.max(0, line.amount - line.given_back);
}

function readAmount(decimal: string, currency: string, field: string): number {
  const amount = isCurrency(currency) ? parseMajor(decimal, currency) : undefined;
  if (amount?.ok && amount.minor > 0) return amount.minor;
  const message = `${field} must be an amount in ${currency} above zero with at most two decimals`;
  throw fieldProblem('amount_is_invalid', field, message);
}

function sum(lines: readonly RefundedLine[]): number {
  return lines.reduce((total, line) => total + line.amountMinor, 0);
}
