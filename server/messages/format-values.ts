import { andMore } from '../kit/first-and-more.ts';
import { dateFormat, formatPercent } from '../kit/formats.ts';
import { formatAmount } from '../kit/money.ts';
import type { Template, TemplateValues } from './load-templates.ts';
import { isList, type MessageValue, type OneValue } from './message-values.ts';

/** What values need of the templates of one language. */
export type Phrases = { language: string; lifetime: Template; every: Template };

/** Values as a text of one language shows them; rows are left out, as each has a text of its own. */
export function formatValues(
  values: Readonly<Record<string, MessageValue>>,
  phrases: Phrases,
): TemplateValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      isList(value) ? [] : [[name, formatValue(value, phrases)]],
    ),
  );
}

/** The same, where what stands behind the first of several names is not cut off. */
export function formatWhole(
  values: Readonly<Record<string, MessageValue>>,
  phrases: Phrases,
): TemplateValues {
  return withTails(formatValues(values, phrases), tailsOf(values, phrases.language));
}

function formatValue(value: OneValue, { language, lifetime, every }: Phrases): string {
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return oneLine(value);
  if ('first' in value) return oneLine(value.first);
  if ('amountMinor' in value) return formatAmount(value.amountMinor, value.currency, language);
  if ('basisPoints' in value) return formatPercent(value.basisPoints, language);
  if ('every' in value) return every({ number: value.every.count, unit: value.every.unit });
  if ('length' in value) {
    const { unit, count } = value.length;
    return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  }
  if ('at' in value) {
    const { at, timeZone, hasTime } = value;
    const form = { dateStyle: 'long', timeZone } as const;
    return dateFormat(language, hasTime ? { ...form, timeStyle: 'short' } : form).format(at);
  }
  return lifetime({ number: value.number, unit: value.unit });
}

/** What stands behind the first of several names, by the name of the value. */
export function tailsOf(
  values: Readonly<Record<string, MessageValue>>,
  language: string,
): Map<string, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]): [string, string][] =>
      typeof value === 'object' && 'more' in value ? [[name, andMore(value.more, language)]] : [],
    ),
  );
}

export function withTails(values: TemplateValues, tails: ReadonlyMap<string, string>): TemplateValues {
  const full = Object.entries(values).map(([name, value]) => [name, `${value}${tails.get(name) ?? ''}`]);
  return Object.fromEntries(full);
}

/** Line breaks would forge headers and lines, and direction marks would turn the text around them. */
export function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\s]+/gu, ' ').trim();
}
