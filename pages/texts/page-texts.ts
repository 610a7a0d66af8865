import { da } from './da.ts';
import { en } from './en.ts';
import { fi } from './fi.ts';
import { nb } from './nb.ts';
import { nn } from './nn.ts';
import { sv } from './sv.ts';
import type { PageTexts } from './text-shape.ts';

const dictionaries: ReadonlyMap<string, PageTexts> = new Map([
  ['nb', nb],
  ['no', nb],
  ['nn', nn],
  ['sv', sv],
  ['da', da],
  ['fi', fi],
  ['en', en],
]);

/** The texts in `language` (BCP 47), or in English where there are none; `no` is `nb`. */
export function textsFor(language: string): PageTexts {
  return dictionaries.get(language.toLowerCase().split(/[-_]/)[0] ?? '') ?? en;
}
