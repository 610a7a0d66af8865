import type { Period } from '../port/payment-request.ts';

const units = { days: 'day', weeks: 'week', months: 'month', years: 'year' } as const;
export type PeriodType = keyof typeof units;

/** A period as the catalogue says it. */
export function calendarPeriod(length: number, type: PeriodType): Period {
  return { unit: units[type], count: length };
}

/** An offer's periods: the first, and every one after it; and how many of them bind the buyer. */
export type BoundPeriods = { periods: number; first: Period; later: Period };

/**
 * How long a buyer is bound, as one length; nothing where the periods add up to none. It is told and changes
 * nothing of what is charged. Two periods of one unit are told in it, else in the smaller: 18 months.
 */
export function findLeastTerm({ periods, first, later }: BoundPeriods): Period | undefined {
  if (periods === 1) return first;
  if (first.unit === later.unit)
    return { unit: first.unit, count: first.count + (periods - 1) * later.count };
  const [one, other] = [inSmallest(first), inSmallest(later)];
  if (one.unit !== other.unit) return undefined;
  return { unit: one.unit, count: one.count + (periods - 1) * other.count };
}

/** The longer of two terms; of those that cannot be compared the first. */
export function longerTerm(one: Period | undefined, other: Period | undefined): Period | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const [first, second] = [inSmallest(one), inSmallest(other)];
  return first.unit === second.unit && second.count > first.count ? other : one;
}

/** Always as long, whatever day it begins on: a year is 12 months, and never 365 days. */
export function inSmallest({ unit, count }: Period): Period {
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
