import { formatMajor, isCurrency, parseMajor } from '../../kit/money.ts';
import { fieldProblem, Problem } from '../../kit/problem.ts';
import type { LineMoney } from '../lines/find-line-money.ts';
import type { LinePart } from '../payment.ts';
import { takeParts } from './capture-payment.ts';

/** What a publisher wants captured, in major units as decimal text; neither amount nor lines means all. */
export type CaptureRequest = {
  amount?: string | undefined;
  /** Lines by number, whole; or with an amount of each. */
  lines?: readonly (number | { lineNumber: number; amount?: string | undefined })[] | undefined;
};

/** What can be captured of a payment, in minor units, and how the method can. */
export type Capturable = {
  /** Reserved, and on no way to be taken or released. */
  freeMinor: number;
  /** Reserved, and waiting for a day on which it will be captured. */
  plannedMinor: number;
  /** Whether a part may be taken, and then another; else all of it, once. */
  inParts: boolean;
  /** The smallest amount of one capture that the provider takes. */
  leastMinor: number;
  currency: string;
};

/** What follows: captures that wait for their day are carried out, or make room for a new capture now. */
export type WantedCapture = {
  /** Lines whose planned captures are carried out at once. */
  advanced: number[];
  /** How much is taken back from what is planned for a line. */
  withdrawn: { lineNumbers: number[]; amountMinor: number }[];
  /** The new capture, 0 for none; `parts` is nothing for an amount of the whole. */
  amountMinor: number;
  parts: LinePart[] | undefined;
};

/**
 * Reads what a request takes. A line without an amount is what is left of it, as far as the payment has
 * so much left. Refuses unknown and repeated lines, and an amount beside lines (`input_is_invalid`); amounts
 * that are none, or less than the provider takes (`amount_is_invalid`); more than the line or the payment has
 * left (`capture_exceeds_reservation`, `nothing_to_capture` where that is nothing); a part where the method
 * takes all or nothing (`capture_must_be_whole`); and a capture that is itself, or leaves behind, less than
 * the provider takes (`amount_is_invalid`, `nothing_to_capture` where no more than that is left).
 */
export function readCapture(
  request: CaptureRequest,
  lines: readonly LineMoney[],
  money: Capturable,
): WantedCapture {
  if (request.amount !== undefined && request.lines !== undefined) {
    const message = 'amount and lines exclude each other: lines have amounts of their own';
    throw fieldProblem('input_is_invalid', 'amount', message);
  }
  const read =
    request.amount === undefined ? readLines(request, lines, money) : readWhole(request.amount, lines, money);
  const wanted = joinSmall(read, lines, money);
  const planned = lines.filter((line) => wanted.advanced.includes(line.line_number));
  const takenMinor = wanted.amountMinor + sumOf(planned.flatMap((line) => partOf(line, line.planned)));
  if (takenMinor === 0) throw new Problem('nothing_to_capture');
  const isPart = takenMinor < money.freeMinor + money.plannedMinor;
  if (isPart && !money.inParts) throw new Problem('capture_must_be_whole');
  const field = request.amount === undefined ? 'lines' : 'amount';
  refuseTooSmall(wanted, money, field);
  refuseLeavingTooLittle({ wanted, takenMinor, lines, money, field });
  return wanted;
}

function readWhole(amount: string, lines: readonly LineMoney[], money: Capturable): WantedCapture {
  const amountMinor = readAmount(amount, money, 'amount');
  const mostMinor = money.freeMinor + money.plannedMinor;
  refuseAbove(mostMinor, amountMinor, 'The order', money.currency);
  const leftMinor = sumOf(lines.flatMap((line) => partOf(line, leftOf(line))));
  if (amountMinor === mostMinor && leftMinor === mostMinor) return readLines({}, lines, money);
  const shortMinor = Math.max(0, amountMinor - money.freeMinor);
  const latestFirst = lines.toSorted((one, other) => plannedDay(other) - plannedDay(one));
  const planned = latestFirst.flatMap((line) => partOf(line, line.planned));
  const withdrawn = takeParts(planned, shortMinor).map(withdrawalOf);
  return { advanced: [], withdrawn, amountMinor, parts: undefined };
}

function plannedDay({ planned_for: day }: LineMoney): number {
  return day?.getTime() ?? 0;
}

function withdrawalOf({ lineNumber, amountMinor }: LinePart): WantedCapture['withdrawn'][number] {
  return { lineNumbers: [lineNumber], amountMinor };
}

/** Where one of several captures would be less than the provider takes, they become one. */
function joinSmall(wanted: WantedCapture, lines: readonly LineMoney[], money: Capturable): WantedCapture {
  const planned = lines.flatMap((line) =>
    wanted.advanced.includes(line.line_number) ? partOf(line, line.planned) : [],
  );
  const amounts = [wanted.amountMinor, ...planned.map((part) => part.amountMinor)];
  if (planned.length === 0 || !amounts.some((one) => isTooSmall(one, money))) return wanted;
  const both = [...(wanted.parts ?? []), ...planned];
  const parts = lines.flatMap((line) =>
    partOf(line, sumOf(both.filter((part) => part.lineNumber === line.line_number))),
  );
  const withdrawn = [...wanted.withdrawn, ...planned.map(withdrawalOf)];
  return { advanced: [], withdrawn, amountMinor: sumOf(parts), parts };
}

function refuseTooSmall({ amountMinor }: WantedCapture, money: Capturable, field: string): void {
  const { currency, freeMinor, plannedMinor } = money;
  if (isTooSmall(freeMinor + plannedMinor, money)) {
    const left = `The order has ${show(freeMinor + plannedMinor, currency)} ${currency} left to capture`;
    throw new Problem('nothing_to_capture', { detail: `${left}, less than ${leastOf(money)}.` });
  }
  if (!isTooSmall(amountMinor, money)) return;
  throw fieldProblem('amount_is_invalid', field, `the ${field} come to less than ${leastOf(money)}`);
}

type Taking = {
  wanted: WantedCapture;
  takenMinor: number;
  lines: readonly LineMoney[];
  money: Capturable;
  field: string;
};

/** What stays planned for a line, what stays free, and both together must each be nothing or enough. */
function refuseLeavingTooLittle({ wanted, takenMinor, lines, money, field }: Taking): void {
  const { amountMinor, withdrawn } = wanted;
  const staysPlanned = lines.map((line) => {
    const own = withdrawn.filter(({ lineNumbers }) => lineNumbers.includes(line.line_number));
    return own.length > 0 ? line.planned - sumOf(own) : 0;
  });
  const fromFree = amountMinor - sumOf(withdrawn);
  const staysFree = fromFree > 0 ? money.freeMinor - fromFree : 0;
  const stays = money.freeMinor + money.plannedMinor - takenMinor;
  const leftMinor = [...staysPlanned, staysFree, stays].find((one) => isTooSmall(one, money));
  if (leftMinor === undefined) return;
  const mostMinor = takenMinor + leftMinor - money.leastMinor;
  const { currency } = money;
  const more = `${show(takenMinor + leftMinor, currency)} ${currency}`;
  const less = mostMinor >= money.leastMinor ? `at most ${show(mostMinor, currency)} or ` : '';
  const why = `${show(leftMinor, currency)} ${currency} would be left, less than ${leastOf(money)}`;
  throw fieldProblem('amount_is_invalid', field, `${field} must come to ${less}${more}: ${why}`);
}

function isTooSmall(amountMinor: number, { leastMinor }: Capturable): boolean {
  return amountMinor > 0 && amountMinor < leastMinor;
}

/** A line as it was asked for; nothing named means what is left of it. */
type AskedLine = { line: LineMoney; namedMinor: number | undefined };

function readLines(request: CaptureRequest, lines: readonly LineMoney[], money: Capturable): WantedCapture {
  const asked = request.lines
    ? request.lines.map((_, index) => readLine(request, index, lines, money))
    : lines.map((line) => ({ line, namedMinor: undefined }));
  const named = asked.flatMap(({ line, namedMinor }) => partOf(line, namedMinor ?? 0));
  const whole = asked.flatMap(({ line, namedMinor }) => (namedMinor === undefined ? line : []));
  // What is planned for a line that is named makes room for what is named; the rest must be free.
  const withdrawn = asked.flatMap(({ line, namedMinor }) =>
    partOf(line, Math.min(line.planned, namedMinor ?? 0)),
  );
  const left = money.freeMinor + sumOf(withdrawn) - sumOf(named);
  // Amounts that were taken without naming a line leave the lines less than they seem to have.
  refuseAbove(sumOf(named) + left, sumOf(named), 'The order', money.currency);
  const rest = takeParts(
    whole.flatMap((line) => partOf(line, leftOf(line) - line.planned)),
    left,
  );
  const parts = [...named, ...rest].toSorted((one, other) => one.lineNumber - other.lineNumber);
  const advanced = whole.filter((line) => line.planned > 0).map((line) => line.line_number);
  return {
    advanced,
    withdrawn: withdrawn.map(withdrawalOf),
    amountMinor: sumOf(parts),
    parts,
  };
}

function partOf({ line_number: lineNumber }: LineMoney, amountMinor: number): LinePart[] {
  return amountMinor > 0 ? [{ lineNumber, amountMinor }] : [];
}

function readLine(
  { lines: requested = [] }: CaptureRequest,
  index: number,
  lines: readonly LineMoney[],
  money: Capturable,
): AskedLine {
  const given = requested[index];
  const isNumber = typeof given === 'number';
  const [number, amount] = isNumber ? [given, undefined] : [given?.lineNumber, given?.amount];
  const field = isNumber ? `lines[${index}]` : `lines[${index}].lineNumber`;
  const line = lines.find((one) => one.line_number === number);
  const isRepeated = requested.findIndex((one) => numberOf(one) === number) !== index;
  if (!line || isRepeated) {
    const message = `${field} ${isRepeated ? 'is named twice' : 'is no line of the order'}`;
    throw fieldProblem('input_is_invalid', field, message);
  }
  if (amount === undefined) return { line, namedMinor: undefined };
  const namedMinor = readAmount(amount, money, `lines[${index}].amount`);
  refuseAbove(leftOf(line), namedMinor, `Line ${line.line_number}`, money.currency);
  return { line, namedMinor };
}

function numberOf(line: number | { lineNumber: number }): number {
  return typeof line === 'number' ? line : line.lineNumber;
}

/** Says how much can be taken. Where nothing can, that is another refusal. */
function refuseAbove(mostMinor: number, amountMinor: number, what: string, currency: string): void {
  if (amountMinor <= mostMinor) return;
  if (mostMinor <= 0) throw new Problem('nothing_to_capture');
  const detail = `${what} has ${show(mostMinor, currency)} ${currency} left to capture.`;
  throw new Problem('capture_exceeds_reservation', { detail });
}

function leftOf(line: LineMoney): number {
  return Math.max(0, line.amount - line.captured - line.given_back);
}

function readAmount(decimal: string, { currency, leastMinor }: Capturable, field: string): number {
  const amount = isCurrency(currency) ? parseMajor(decimal, currency) : undefined;
  if (amount?.ok && amount.minor > 0 && amount.minor >= leastMinor) return amount.minor;
  const least = leastMinor > 1 ? `of at least ${show(leastMinor, currency)}` : 'above zero';
  const message = `${field} must be an amount in ${currency} ${least} with at most two decimals`;
  throw fieldProblem('amount_is_invalid', field, message);
}

function leastOf({ leastMinor, currency }: Capturable): string {
  return `${show(leastMinor, currency)} ${currency}, the least that the method captures`;
}

function show(minor: number, currency: string): string {
  return isCurrency(currency) ? formatMajor(minor, currency) : String(minor);
}

function sumOf(parts: readonly Pick<LinePart, 'amountMinor'>[]): number {
  return parts.reduce((total, { amountMinor }) => total + amountMinor, 0);
}
