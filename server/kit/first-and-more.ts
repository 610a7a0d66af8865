import { cutText } from './cut-text.ts';

/** Several names as a short text tells them: the first, and how many there are beside it. */
export type FirstAndMore = { first: string; more: number };

const mores: ReadonlyMap<string, (more: number) => string> = new Map([
  ['nb', (more) => ` og ${more} til`],
  ['nn', (more) => ` og ${more} til`],
  ['no', (more) => ` og ${more} til`],
  ['sv', (more) => ` och ${more} till`],
  ['da', (more) => ` og ${more} mere`],
  ['fi', (more) => ` ja ${more} muuta`],
]);

/** `The guide and 2 more`, in `language` (BCP 47) or in English. */
export function firstAndMore({ first, more }: FirstAndMore, language: string): string {
  return `${first}${andMore(more, language)}`;
}

/** The same in at most `longest` UTF-16 units: the name is cut, and what stands behind it stays. */
export function firstAndMoreWithin(names: FirstAndMore, language: string, longest: number): string {
  const behind = andMore(names.more, language);
  return `${cutText(names.first, longest - behind.length).trimEnd()}${behind}`;
}

/** What stands behind the first name, space and all; nothing where there is no other. */
export function andMore(more: number, language: string): string {
  if (more <= 0) return '';
  const base = language.toLowerCase().split(/[-_]/)[0] ?? '';
  return mores.get(base)?.(more) ?? ` and ${more} more`;
}
