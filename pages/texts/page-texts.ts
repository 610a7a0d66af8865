import { en } from './en.ts';
import { nb } from './nb.ts';
import { sv } from './sv.ts';
import type { PageTexts } from './text-shape.ts';

const dictionaries: ReadonlyMap<string, PageTexts> = new Map([
  ['nb', nb],
  ['no', nb],
  ['nn', nb],
  ['sv', sv],
  ['en', en],
]);

/** The texts in `language` (BCP 47), or the nearest language there is: any Norwegian is `nb`, others `en`. */
export function textsFor(language: string): PageTexts {
  return dictionaries.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? en;
}
