import type { ChargeObstacle } from '../../port/payment-method.ts';
import type { AgreedPrice, WantedCharge } from '../../port/payment-request.ts';
import { type Interval, intervalOf, leastMinor } from './agreement-rules.ts';

/** Charges of one interval come to this many times a fixed price at most. Source: Recurring FAQ, "limits". */
const mostTimesPrice = 5;
const mostYearsAhead = 2;
const dayMilliseconds = 86_400_000;

/** The rule of the API that a charge of an agreement breaks, known before it is asked for. */
export function refuseCharge(charge: WantedCharge): ChargeObstacle | undefined {
  return refuseChargeAmount(charge) ?? refuseDay(charge) ?? refuseSum(charge);
}

/** Source: Recurring API v3, `CreateChargeV3.amount`. */
export function refuseChargeAmount({
  amountMinor,
}: Pick<WantedCharge, 'amountMinor'>): ChargeObstacle | undefined {
  if (amountMinor >= leastMinor) return undefined;
  return { rule: 'charge_price_not_supported', text: `takes at least 1, not ${amountMinor / 100}` };
}

/** Source: Recurring API, "Problems", `charge-due-too-soon` and `charge-due-in-too-long`. */
export function refuseDay({
  dueOn,
  today,
}: Pick<WantedCharge, 'dueOn' | 'today'>): ChargeObstacle | undefined {
  const latest = yearsAfter(today, mostYearsAhead);
  if (dueOn > today && dueOn <= latest) return undefined;
  const text = `takes a charge for the day after ${today} until ${latest}, not for ${dueOn}`;
  return { rule: 'charge_day_not_supported', text };
}

/**
 * What the buyer agreed to holds for the interval that a charge is due in: at a fixed price for all of its
 * charges together, whatever became due before. An agreement up to a sum holds for each charge alone.
 * Source: the agent toolkit of Vipps MobilePay, agreements, "Pricing in detail".
 */
function refuseSum({ amountMinor, dueOn, agreed, others }: WantedCharge): ChargeObstacle | undefined {
  const most = mostOf(agreed.price);
  const interval = intervalOf(agreed.period);
  if (!interval) return { rule: 'charge_exceeds_agreement', text: 'has no agreement for this period' };
  const mine = nthInterval(interval, agreed.startedOn, dueOn);
  const beside = others
    .filter(
      (other) =>
        agreed.price.kind === 'fixed' && nthInterval(interval, agreed.startedOn, other.dueOn) === mine,
    )
    .reduce((sum, other) => sum + other.amountMinor, 0);
  if (beside + amountMinor <= most) return undefined;
  const text = `takes ${most / 100} at most, not ${(beside + amountMinor) / 100}`;
  return { rule: 'charge_exceeds_agreement', text };
}

function mostOf(price: AgreedPrice): number {
  if (price.kind === 'fixed') return price.amountMinor * mostTimesPrice;
  return Math.max(price.suggestedMinor, price.chosenMinor ?? 0);
}

/**
 * Which interval since the agreement began a day lies in, from 0. One of months begins on the day of the
 * month that the agreement began on, or on the last of a shorter one.
 */
function nthInterval({ unit, count }: Interval, startedOn: string, day: string): number {
  const [start, then] = [partsOf(startedOn), partsOf(day)];
  if (unit === 'DAY' || unit === 'WEEK') {
    const days = (Date.parse(day) - Date.parse(startedOn)) / dayMilliseconds;
    return Math.floor(days / (unit === 'WEEK' ? 7 * count : count));
  }
  const isBegun = then.day >= Math.min(start.day, lastDayOf(then));
  const months = (then.year - start.year) * 12 + then.month - start.month - (isBegun ? 0 : 1);
  return Math.floor(months / (unit === 'YEAR' ? 12 * count : count));
}

/** The same day so many years later; the 29th of February becomes the 28th. */
function yearsAfter(day: string, years: number): string {
  const { year, month, day: ofMonth } = partsOf(day);
  const later = { year: year + years, month };
  const last = Math.min(ofMonth, lastDayOf(later));
  return `${later.year}-${two(month)}-${two(last)}`;
}

function partsOf(day: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, ofMonth = 0] = day.split('-').map(Number);
  return { year, month, day: ofMonth };
}

function lastDayOf({ year, month }: { year: number; month: number }): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function two(part: number): string {
  return String(part).padStart(2, '0');
}
