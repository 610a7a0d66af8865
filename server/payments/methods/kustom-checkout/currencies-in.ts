/**
 * Kustom takes a country's own currency only.
 * Source: docs.klarna.com, "Purchase countries, currencies and locales".
 */
const currencyOf: Readonly<Record<string, string>> = {
  ...{ NO: 'NOK', SE: 'SEK', DK: 'DKK', GB: 'GBP', CH: 'CHF', US: 'USD' },
  ...{ FI: 'EUR', DE: 'EUR', NL: 'EUR', AT: 'EUR', ES: 'EUR', FR: 'EUR', BE: 'EUR', IT: 'EUR', IE: 'EUR' },
};

/** Nothing where the list does not know the country: Kustom itself answers then. */
export function currenciesIn(country: string): readonly string[] | undefined {
  const currency = currencyOf[country];
  return currency === undefined ? undefined : [currency];
}
