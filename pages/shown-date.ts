import type { PageTexts } from './texts/text-shape.ts';

/** A day as the clocks of a zone have it, such as `17 May 2031`. */
export function shownDay(at: Date, timeZone: string, { language }: Pick<PageTexts, 'language'>): string {
  return new Intl.DateTimeFormat(localeOf(language), { dateStyle: 'long', timeZone }).format(at);
}

/** The same with the time of the day. */
export function shownMoment(at: Date, timeZone: string, { language }: Pick<PageTexts, 'language'>): string {
  const form = { dateStyle: 'long', timeStyle: 'short', timeZone } as const;
  return new Intl.DateTimeFormat(localeOf(language), form).format(at);
}

/** English of no country is that of Europe, as the words of the pages are. */
function localeOf(language: string): string {
  return language === 'en' ? 'en-GB' : language;
}
