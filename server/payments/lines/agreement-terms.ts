import type { AgreementTerms, Period, PeriodPrice } from '../port/payment-request.ts';
import { calendarPeriod, findLeastTerm, inSmallest, longerTerm, type PeriodType } from './find-least-term.ts';

/** A line that renews, as order and catalogue tell it: its first period, and every period after it. */
export type RenewingLine = {
  description: string;
  amountMinor: number;
  periodLength: number;
  periodType: PeriodType;
  renewalMinor: number;
  renewalLength: number;
  renewalType: PeriodType;
  /** For how many periods its buyer is bound. */
  leastTerm?: number | undefined;
};

/**
 * Terms as they are kept: the name of the first line, how many `more` renew with it, and for how long the
 * buyer is bound, by the longest of them.
 */
type KeptTerms = Omit<AgreementTerms, 'manageUrl' | 'otherPeriods'> & { more?: number; leastTerm?: Period };

/** With the terms of the lines that renew at other lengths. */
export type RenewalTerms = KeptTerms &
  Pick<AgreementTerms, 'otherPeriods'> & { others?: readonly KeptTerms[] };

/**
 * What the buyer of a recurring order agrees to pay later: the renewal of the first line and of those that
 * renew as often, and beside it the same of the others. Nothing where nothing renews.
 */
export function agreementTermsOf(lines: readonly RenewingLine[]): RenewalTerms | undefined {
  const [terms, ...others] = renewingTogether(lines).map(termsOf);
  if (!terms || others.length === 0) return terms;
  return { ...terms, others, otherPeriods: others.map(({ period }) => period) };
}

/** Lines by how often they renew, in the order in which they stand. */
function renewingTogether(lines: readonly RenewingLine[]): [RenewingLine, ...RenewingLine[]][] {
  const groups: [RenewingLine, ...RenewingLine[]][] = [];
  for (const line of lines) {
    const group = groups.find(([first]) => isAsLong(periodOf(first), periodOf(line)));
    if (group) group.push(line);
    else groups.push([line]);
  }
  return groups;
}

/**
 * The terms of lines that renew together. What they cost may differ from what the first period costs; there
 * is none to tell where they begin with periods of different lengths.
 */
function termsOf(lines: readonly [RenewingLine, ...RenewingLine[]]): KeptTerms {
  const [line] = lines;
  const leastTerm = lines.map(termOf).reduce(longerTerm);
  const beginsAlike = lines.every((other) => isAsLong(firstOf(other).period, firstOf(line).period));
  return {
    productName: line.description,
    ...(lines.length > 1 && { more: lines.length - 1 }),
    ...(leastTerm && { leastTerm }),
    amountMinor: sumOf(lines.map(renewalOf)),
    period: periodOf(line),
    first: beginsAlike ? { amountMinor: sumOf(lines.map(firstOf)), period: firstOf(line).period } : undefined,
  };
}

function termOf(line: RenewingLine): Period | undefined {
  const { leastTerm: periods } = line;
  return periods === undefined
    ? undefined
    : findLeastTerm({ periods, first: firstOf(line).period, later: periodOf(line) });
}

function firstOf({ amountMinor, periodLength, periodType }: RenewingLine): PeriodPrice {
  return { amountMinor, period: calendarPeriod(periodLength, periodType) };
}

function renewalOf(line: RenewingLine): PeriodPrice {
  return { amountMinor: line.renewalMinor, period: periodOf(line) };
}

/** How often a line is paid again. */
export function periodOf({ renewalLength, renewalType }: RenewingLine): Period {
  return calendarPeriod(renewalLength, renewalType);
}

/** Always as long as one another, whatever day they begin on. */
function isAsLong(one: Period, other: Period): boolean {
  const [first, second] = [one, other].map(inSmallest);
  return first?.unit === second?.unit && first?.count === second?.count;
}

function sumOf(prices: readonly PeriodPrice[]): number {
  return prices.reduce((sum, price) => sum + price.amountMinor, 0);
}
