import { createRecentCache } from './recent-cache.ts';

// Languages, zones and currencies are few, and what a caller makes up is forgotten again.
const numberFormats = createRecentCache<Intl.NumberFormat>(512);
const dateFormats = createRecentCache<Intl.DateTimeFormat>(512);

/** How numbers are written in a language; made once, as making it takes fifty times as long as writing. */
export function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify([language, options]);
  const known = numberFormats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language, options);
  numberFormats.set(key, made);
  return made;
}

/**
 * The same for moments, as the clocks of a zone show them. English of no country writes them as Europe does,
 * `17 May 2031 at 12:00`, like the words around them.
 */
export function dateFormat(
  language: string,
  options: Intl.DateTimeFormatOptions & { timeZone: string },
): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const known = dateFormats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, options);
  dateFormats.set(key, made);
  return made;
}

/** A share such as `12,5 %`, in the manner of a language; in basis points, 2500 for a quarter. */
export function formatPercent(basisPoints: number, language: string): string {
  const form = { style: 'percent', maximumFractionDigits: 2 } as const;
  return numberFormat(language, form).format(basisPoints / 10_000);
}
