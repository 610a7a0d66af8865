import type { Agreement } from './agreement.ts';
import type { RecurringCharge } from './charge.ts';

type Terms = Pick<Agreement, 'start' | 'interval'> & { pricing: { type: string; amount?: number } };

const dayMilliseconds = 86_400_000;
/** The sum of an interval's charges may be this many times the agreement's price. */
const mostTimesPrice = 5;

/** The most that an agreement may cost, in minor units. Source: Recurring API, "Pricing types". */
const ceilings: Readonly<Record<string, number>> = { NOK: 2_000_000, DKK: 30_000_000, EUR: 200_000 };

/** Is this more than an agreement in that currency may cost? */
export function isAboveCeiling(currency: string, amount: number | undefined): boolean {
  return amount !== undefined && amount > (ceilings[currency] ?? 0);
}

/**
 * Would a charge bring its interval above what the buyer of a fixed price agreed to? A first payment counts
 * for nothing, nor does what is not taken. Source: Recurring API, "LEGACY".
 */
export function isTooMuch(
  terms: Terms,
  charges: readonly RecurringCharge[],
  charge: { amount: number; dueAtMilliseconds: number },
): boolean {
  const { type, amount: price } = terms.pricing;
  if (type !== 'LEGACY' || price === undefined) return false;
  const mine = intervalOf(terms, charge.dueAtMilliseconds);
  const sum = charges
    .filter((one) => mine !== undefined && one.type !== 'INITIAL' && isCounted(one))
    .filter((one) => intervalOf(terms, one.dueAtMilliseconds) === mine)
    .reduce((total, one) => total + one.amount, charge.amount);
  return sum > price * mostTimesPrice;
}

/** Which interval since the start a moment is in, from 0; nothing where none was agreed on. */
export function intervalOf({ start, interval }: Pick<Terms, 'start' | 'interval'>, at: number) {
  if (!interval || start === null) return undefined;
  const { unit, count } = interval;
  const from = new Date(start);
  const then = new Date(at);
  if (unit === 'DAY' || unit === 'WEEK') {
    const days = Math.floor(at / dayMilliseconds) - Math.floor(Date.parse(start) / dayMilliseconds);
    return Math.floor(days / (unit === 'WEEK' ? 7 * count : count));
  }
  const between =
    (then.getUTCFullYear() - from.getUTCFullYear()) * 12 + then.getUTCMonth() - from.getUTCMonth();
  const lastDay = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  const isBegun = then.getUTCDate() >= Math.min(from.getUTCDate(), lastDay);
  return Math.floor((isBegun ? between : between - 1) / (unit === 'YEAR' ? 12 * count : count));
}

function isCounted({ status }: RecurringCharge): boolean {
  return status !== 'CANCELLED' && status !== 'FAILED';
}
