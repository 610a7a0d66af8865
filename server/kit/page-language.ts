export type PageLanguage = 'nb' | 'nn' | 'sv' | 'da' | 'fi' | 'en';

/** The languages that pages are written in, and what each tag stands for; `no` is either Norwegian. */
const spoken = new Map<string, PageLanguage[]>([
  ['nb', ['nb']],
  ['nn', ['nn']],
  ['no', ['nb', 'nn']],
  ['sv', ['sv']],
  ['da', ['da']],
  ['fi', ['fi']],
  ['en', ['en']],
]);

/**
 * The language of a page (BCP 47): the publisher's where the browser accepts it at all, else the first that
 * the browser asks for and pages are written in, else the publisher's.
 */
export function pageLanguage(acceptLanguage: string | undefined, publisherLocale: string): string {
  const accepted = readAccepted(acceptLanguage ?? '');
  if (spokenOf(publisherLocale).some((own) => accepted.includes(own))) return publisherLocale;
  return accepted[0] ?? publisherLocale;
}

/** The text in a language (BCP 47), or in English where pages are not written in it. */
export function inLanguage(texts: Readonly<Record<PageLanguage, string>>, language: string): string {
  return texts[spokenOf(language)[0] ?? 'en'];
}

/** `sv-SE,nb;q=0.5` as `[sv, nb]` (RFC 9110, 12.5.4). */
function readAccepted(header: string): PageLanguage[] {
  const ranges = header.split(',').map((part) => {
    const [range = '', ...parameters] = part.trim().split(';');
    const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/i.exec(text)?.[1]).find(Boolean) ?? '1';
    return { languages: spokenOf(range), weight: Number(weight) };
  });
  return ranges
    .filter((range) => range.weight > 0)
    .toSorted((one, other) => other.weight - one.weight)
    .flatMap((range) => range.languages);
}

function spokenOf(tag: string): PageLanguage[] {
  return spoken.get(tag.toLowerCase().split(/[-_]/)[0] ?? '') ?? [];
}
