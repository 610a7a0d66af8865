/** The languages that messages are written in, by what people call theirs. */
const spoken: ReadonlyMap<string, string> = new Map([
  ['nb', 'nb'],
  ['nn', 'nn'],
  ['no', 'nb'],
  ['sv', 'sv'],
  ['da', 'da'],
  ['fi', 'fi'],
  ['en', 'en'],
]);

/** What most people read in each country (ISO 3166-1 alpha-2); Norway is told apart below. */
const byCountry: ReadonlyMap<string, string> = new Map([
  ['NO', 'nb'],
  ['SJ', 'nb'],
  ['SE', 'sv'],
  ['AX', 'sv'],
  ['DK', 'da'],
  ['FO', 'da'],
  ['GL', 'da'],
  ['FI', 'fi'],
  ['GB', 'en'],
  ['IE', 'en'],
  ['US', 'en'],
  ['CA', 'en'],
  ['AU', 'en'],
  ['NZ', 'en'],
]);

export type Buyer = { language: string | undefined; country: string | undefined };

/**
 * The language that a buyer is written to in: the buyer's own where messages are written in it, else that of
 * the buyer's country, else the publisher's. Who only calls it Norwegian, or lives in Norway, gets the
 * publisher's Norwegian.
 */
export function messageLanguage(buyer: Buyer, publisherLocale: string): string {
  const own = buyer.language?.trim().toLowerCase().split(/[-_]/)[0];
  const known = spoken.get(own ?? '') ?? byCountry.get(buyer.country?.toUpperCase() ?? '');
  if (known === undefined) return publisherLocale;
  const isEitherNorwegian = known === 'nb' && own !== 'nb';
  return isEitherNorwegian && publisherLocale === 'nn' ? 'nn' : known;
}
