import type { AgreementTerms, Period, PeriodPrice } from '../port/payment-request.ts';

/** A line that renews, as order and catalogue tell it: its first period, and every period after it. */
export type RenewingLine = {
  description: string;
  amountMinor: number;
  periodLength: number;
  periodType: PeriodType;
  renewalMinor: number;
  renewalLength: number;
  renewalType: PeriodType;
};

const units = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const;
type PeriodType = keyof typeof units;

/** Terms as they are kept: the name of the first line, and how many `more` renew with it. */
type KeptTerms = Omit<AgreementTerms, 'manageUrl' | 'otherPeriods'> & { more?: number };

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
  const beginsAlike = lines.every((other) => isAsLong(firstOf(other).period, firstOf(line).period));
  return {
    productName: line.description,
    ...(lines.length > 1 && { more: lines.length - 1 }),
    amountMinor: sumOf(lines.map(renewalOf)),
    period: periodOf(line),
    first: beginsAlike ? { amountMinor: sumOf(lines.map(firstOf)), period: firstOf(line).period } : undefined,
  };
}

function firstOf({ amountMinor, periodLength, periodType }: RenewingLine): PeriodPrice {
  return { amountMinor, period: { unit: units[periodType], count: periodLength } };
}

function renewalOf(line: RenewingLine): PeriodPrice {
  return { amountMinor: line.renewalMinor, period: periodOf(line) };
}

/** How often a line is paid again. */
export function periodOf({ renewalLength, renewalType }: RenewingLine): Period {
  return { unit: units[renewalType], count: renewalLength };
}

/** Always as long as one another, whatever day they begin on: a year is 12 months, and never 365 days. */
function isAsLong(one: Period, other: Period): boolean {
  const [first, second] = [one, other].map(inSmallest);
  return first?.unit === second?.unit && first?.count === second?.count;
}

function inSmallest({ unit, count }: Period): Period {
  switch (unit) {
    case 'day':
    case 'month':
      return { unit, count };
    case 'week':
      return { unit: 'day', count: count * 7 };
    case 'year':
      return { unit: 'month', count: count * 12 };
  }
}

function sumOf(prices: readonly PeriodPrice[]): number {
  return prices.reduce((sum, price) => sum + price.amountMinor, 0);
}
