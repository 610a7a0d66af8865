import { shownDay, shownMoment } from './shown-date.ts';
import { textsFor } from './texts/page-texts.ts';

/** What a page is given from outside; a test puts hostile text into each. */
export type OutsideText = {
  language: string;
  publisherName: string;
  purchase: string;
  destination: string;
  nonce: string;
  url: string;
  requestId: string;
  /** Stands in place of every amount, day, number and name that an example makes up. */
  shown?: string | undefined;
};

type ToShow = Pick<OutsideText, 'language' | 'shown'>;

const timeZone = 'Europe/Oslo';

/** As the server writes it; in Norwegian kroner. */
export function amountIn(text: ToShow, minor: number): string {
  const form = { style: 'currency', currency: 'NOK' } as const;
  return text.shown ?? new Intl.NumberFormat(textsFor(text.language).language, form).format(minor / 100);
}

export function percentIn(text: ToShow, share: number): string {
  const form = { style: 'percent', maximumFractionDigits: 2 } as const;
  return text.shown ?? new Intl.NumberFormat(textsFor(text.language).language, form).format(share);
}

export function dayIn(text: ToShow, day: string): string {
  return text.shown ?? shownDay(new Date(day), timeZone, textsFor(text.language));
}

export function momentIn(text: ToShow, at: string): string {
  return text.shown ?? shownMoment(new Date(at), timeZone, textsFor(text.language));
}

/** A name or number that is the same in every language. */
export function wordsIn(text: ToShow, words: string): string {
  return text.shown ?? words;
}
