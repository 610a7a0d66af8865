import type { AgreementObstacle } from '../../port/payment-method.ts';
import type { AgreementOffer, Period, PeriodPrice } from '../../port/payment-request.ts';

/** A length as the API writes it: 1 to 31 of a unit. Source: Recurring API v3, `interval`. */
export type Interval = { unit: 'DAY' | 'WEEK' | 'MONTH' | 'YEAR'; count: number };

const mostOfUnit = 31;

/**
 * How the API writes a period; nothing where it cannot. What is too long in its own unit is written in a
 * longer one of the same length: 52 weeks and 365 days are a year, 12 months too, and 30 days a month.
 */
export function intervalOf({ unit, count }: Period): Interval | undefined {
  switch (unit) {
    case 'day':
      return (
        written('DAY', count) ??
        divided('YEAR', count, 365) ??
        divided('WEEK', count, 7) ??
        divided('YEAR', count, 52 * 7) ??
        divided('MONTH', count, 30)
      );
    case 'week':
      return written('WEEK', count) ?? divided('YEAR', count, 52);
    case 'month':
      return written('MONTH', count) ?? divided('YEAR', count, 12);
    case 'year':
      return written('YEAR', count);
  }
}

function written(unit: Interval['unit'], count: number): Interval | undefined {
  return count >= 1 && count <= mostOfUnit ? { unit, count } : undefined;
}

function divided(unit: Interval['unit'], count: number, by: number): Interval | undefined {
  return count % by === 0 ? written(unit, count / by) : undefined;
}

/** What the first period costs less, told before the consent. Source: Recurring API v3, `campaign`. */
export type Campaign = { type: 'PERIOD_CAMPAIGN'; price: number; period: Interval };

/**
 * The campaign that tells of a first period which differs: a set price for its length, then the price of the
 * agreement. Nothing where the first period costs the same, or more for the same length: the first payment
 * tells that by itself. `refused`: the API has no words for it.
 */
export function campaignOf(
  renewal: PeriodPrice,
  first: PeriodPrice | undefined,
): Campaign | 'refused' | undefined {
  if (!first) return 'refused';
  const [begins, goesOn] = [intervalOf(first.period), intervalOf(renewal.period)];
  const isSameLength = begins && goesOn && begins.unit === goesOn.unit && begins.count === goesOn.count;
  if (isSameLength && first.amountMinor >= renewal.amountMinor) return undefined;
  if (!begins || first.amountMinor > renewal.amountMinor) return 'refused';
  return { type: 'PERIOD_CAMPAIGN', price: first.amountMinor, period: begins };
}

/** The least of a price and of any payment: 1.00. Source: Recurring API v3, `InitialChargeV3`. */
export const leastMinor = 100;

/** The highest price of an agreement. Source: the agent toolkit of Vipps MobilePay, "Maximum amounts". */
const mostMinor: Readonly<Record<string, number>> = { NOK: 2_000_000, DKK: 30_000_000, EUR: 200_000 };

const lengths = `1 to ${mostOfUnit} days, weeks, months or years`;

/** The rule of the API that an agreement breaks, known before any buyer meets it. */
export function refuseAgreement(offer: AgreementOffer): AgreementObstacle | undefined {
  const { amountMinor, currency, firstPaymentMinor, period, first, otherPeriods = [] } = offer;
  if (!intervalOf(period)) {
    const text = `renews every ${lengths}, not every ${told(period)}`;
    return { rule: 'renewal_period_not_supported', text };
  }
  if (otherPeriods.length > 0) {
    const all = [...new Set([period, ...otherPeriods].map(told))].join(' and ');
    return { rule: 'renewal_periods_differ', text: `has one period for all that renews, not ${all}` };
  }
  const price = refusePrice(amountMinor, currency);
  if (price) return price;
  if (firstPaymentMinor > 0 && firstPaymentMinor < leastMinor) {
    const text = `takes nothing or at least 1 ${currency} at the start, not ${firstPaymentMinor / 100}`;
    return { rule: 'first_price_not_supported', text };
  }
  if (campaignOf(offer, first) !== 'refused') return undefined;
  const text = first
    ? `tells of a first period of ${lengths} that costs no more than the next`
    : 'tells of one first period, and what renews together here begins with several';
  return { rule: 'first_price_not_supported', text };
}

/** The same for what an agreement costs, when it is made and when that is changed. */
export function refusePrice(amountMinor: number, currency: string): AgreementObstacle | undefined {
  const most = mostMinor[currency] ?? 0;
  if (amountMinor >= leastMinor && amountMinor <= most) return undefined;
  const text = `renews at a price from 1 to ${most / 100} ${currency}, not at ${amountMinor / 100}`;
  return { rule: 'renewal_price_not_supported', text };
}

function told({ unit, count }: Period): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
