import { numberFormat } from './formats.ts';

/** Money inside is a whole number of minor units beside its currency; major units exist only at the edge. */
export type Currency = 'NOK' | 'SEK' | 'DKK' | 'EUR' | 'ISK' | 'USD' | 'GBP';

const minorDigits: Record<Currency, number> = { NOK: 2, SEK: 2, DKK: 2, EUR: 2, ISK: 0, USD: 2, GBP: 2 };

export const currencies = Object.keys(minorDigits).filter(isCurrency);

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(minorDigits, text);
}

/** The digits after the decimal sign that a currency has (ISO 4217): 2, or 0 for ISK. */
function minorDigitsOf(currency: Currency): number {
  return minorDigits[currency];
}

export type MoneyRule = 'not_an_amount' | 'too_many_decimals' | 'amount_too_large';

/** No price, line or order may come to more: sums of them stay far below 2^53. */
export const largestMinor = 10_000_000_000_000;

/**
 * Reads an amount in major units through its decimal text, so that 0.1 is never a binary fraction.
 * Exponents and more decimals than the currency has are refused. Promise: whole minor units.
 */
export function parseMajor(
  decimal: string,
  currency: Currency,
): { ok: true; minor: number } | { ok: false; rule: MoneyRule } {
  const match = /^(-?)(\d{1,15})(?:\.(\d+))?$/.exec(decimal);
  if (!match) return { ok: false, rule: 'not_an_amount' };
  const [, sign = '', whole = '0', fraction = ''] = match;
  const digits = minorDigitsOf(currency);
  if (fraction.length > 2 || /[1-9]/.test(fraction.slice(digits)))
    return { ok: false, rule: 'too_many_decimals' };
  const minor = Number(whole + fraction.slice(0, digits).padEnd(digits, '0'));
  if (minor > largestMinor) return { ok: false, rule: 'amount_too_large' };
  return { ok: true, minor: sign ? 0 - minor : minor };
}

/** Major units as a JSON number with at most two decimals; exact because minor units are below 2^53 / 100. */
export function toMajor(minor: number, currency: Currency): number {
  const digits = minorDigitsOf(currency);
  return digits === 0 ? minor : Number(formatMajor(minor, currency));
}

/** Major units as decimal text, such as `99.00`. */
export function formatMajor(minor: number, currency: Currency): string {
  const digits = minorDigitsOf(currency);
  const sign = minor < 0 ? '-' : '';
  const text = String(Math.abs(minor)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** What people read, such as `149,00 kr`, in the manner of a language (BCP 47). */
export function formatAmount(minor: number, currency: string, language: string): string {
  const digits = isCurrency(currency) ? minorDigitsOf(currency) : 2;
  return numberFormat(language, { style: 'currency', currency }).format(minor / 10 ** digits);
}

/**
 * The VAT inside a gross amount, rounded half away from zero to whole minor units.
 * Formula: gross × rate / (1 + rate), with the rate in basis points (25 % = 2500).
 */
export function vatIncluded(grossMinor: number, rateBasisPoints: number): number {
  const exact = BigInt(Math.abs(grossMinor)) * BigInt(rateBasisPoints);
  const divisor = BigInt(10_000 + rateBasisPoints);
  const rounded = Number((2n * exact + divisor) / (2n * divisor));
  return grossMinor < 0 ? 0 - rounded : rounded;
}
