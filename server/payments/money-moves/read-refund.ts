import { formatMajor, isCurrency, parseMajor } from '../../kit/money.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { LineMoney } from '../lines/find-line-money.ts';
import type { AccessRule, RefundedLine } from '../payment.ts';

/** What a publisher asks back, as decimal text in major units; neither amount nor lines means all of it. */
export type RefundRequest = {
  amount?: string | undefined;
  lines?: readonly { lineNumber: number; amount?: string | undefined }[] | undefined;
  access?: AccessRule | undefined;
  reason?: string | undefined;
  /** A part that the method cannot give back waits for a person, where it is refused else. */
  partsByHand?: true;
};

/** `lines` is nothing for an amount of the whole; `isWhole` where all that is left goes back. */
export type RequestedMoney = {
  amountMinor: number;
  lines: RefundedLine[] | undefined;
  isWhole: boolean;
};

/**
 * Reads what a request is about. `mostMinor` is all that is left of the order. A line without an amount
 * is what is left of it, as far as the order has so much left. Refuses unknown and repeated lines
 * (`input_is_invalid`), amounts that are none (`amount_is_invalid`), and more than a line or the order has
 * left (`refund_exceeds_payment`).
 */
export function readRefund(
  request: RefundRequest,
  lines: readonly LineMoney[],
  currency: string,
  mostMinor: number,
): RequestedMoney {
  if (request.amount !== undefined && request.lines !== undefined) {
    const message = 'amount and lines exclude each other: lines have amounts of their own';
    throw fieldProblem('input_is_invalid', 'amount', message);
  }
  if (request.amount !== undefined) {
    const amountMinor = readAmount(request.amount, currency, 'amount');
    refuseAbove(mostMinor, amountMinor, 'The order', currency);
    return { amountMinor, lines: undefined, isWhole: amountMinor === mostMinor };
  }
  if (request.lines === undefined) return wholeOrder(lines, mostMinor);
  const asked = request.lines.map((line, index) => readLine(request, line, index, lines, currency));
  const named = sum(asked.filter((line) => line.isNamed));
  refuseAbove(mostMinor, named, 'The order', currency);
  const read = capLines(asked, mostMinor - named);
  return { amountMinor: sum(read), lines: read, isWhole: false };
}

/** `isNamed` where the request says its amount. */
type AskedLine = RefundedLine & { isNamed: boolean };

/** Amounts that went back without naming a line leave the lines less than they seem to have. */
function capLines(asked: readonly AskedLine[], freeMinor: number): RefundedLine[] {
  let left = freeMinor;
  return asked.map(({ isNamed, ...line }) => {
    if (isNamed) return line;
    const amountMinor = Math.min(line.amountMinor, left);
    left -= amountMinor;
    return { ...line, amountMinor };
  });
}

function wholeOrder(lines: readonly LineMoney[], mostMinor: number): RequestedMoney {
  const all = lines.map((line) => ({
    lineNumber: line.line_number,
    amountMinor: leftOf(line),
    isWhole: true,
  }));
  const isByLine = sum(all) === mostMinor;
  return { amountMinor: mostMinor, lines: isByLine ? all : undefined, isWhole: true };
}

function readLine(
  { lines: requested = [] }: RefundRequest,
  { lineNumber, amount }: { lineNumber: number; amount?: string | undefined },
  index: number,
  lines: readonly LineMoney[],
  currency: string,
): AskedLine {
  const field = `lines[${index}]`;
  const line = lines.find((one) => one.line_number === lineNumber);
  const isRepeated = requested.findIndex((one) => one.lineNumber === lineNumber) !== index;
  if (!line || isRepeated) {
    const message = `${field}.lineNumber ${isRepeated ? 'is named twice' : 'is no line of the order'}`;
    throw fieldProblem('input_is_invalid', `${field}.lineNumber`, message);
  }
  const left = leftOf(line);
  const amountMinor = amount === undefined ? left : readAmount(amount, currency, `${field}.amount`);
  refuseAbove(left, amountMinor, `Line ${lineNumber}`, currency);
  return { lineNumber, amountMinor, isWhole: amountMinor === left, isNamed: amount !== undefined };
}

/** Says how much can go back. Where nothing can, that is another refusal. */
function refuseAbove(mostMinor: number, amountMinor: number, what: string, currency: string): void {
  if (amountMinor <= mostMinor) return;
  if (mostMinor === 0) throw new Problem('nothing_to_refund');
  const left = isCurrency(currency) ? formatMajor(mostMinor, currency) : String(mostMinor);
  throw new Problem('refund_exceeds_payment', { detail: `${what} has ${left} ${currency} left to refund.` });
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
