import type { State } from './state-of-others.ts';

/** Something that names a thing of the owner's, and its twin: of the same form, and nobody's. */
export type ForeignValue = { what: string; value: string | number; twin: string | number };

/** Columns whose values a caller can put into a request: ids, numbers, codes, references, tokens. */
const namedLike = '(_id|_number|_code|_ref|_text|^reference|^credential|^kid|^key|token|url|email|mobile)$';
const naming = new RegExp(`${namedLike}|^(name|phone_number)$`);
const mostOfEach = 1;

/** Every sort of value that names something in the owner's rows, whatever the tables are called. */
export function foreignValuesOf(state: State): ForeignValue[] {
  const found = new Map<string, Set<string | number>>();
  for (const [table, rows] of state) {
    for (const row of rows.keys()) {
      for (const [column, value] of Object.entries(JSON.parse(row) as Record<string, unknown>)) {
        if (!naming.test(column) || !isNaming(value)) continue;
        const values = found.get(`${table}.${column}`) ?? new Set();
        if (values.size < mostOfEach) values.add(value);
        found.set(`${table}.${column}`, values);
      }
    }
  }
  return distinct([...found].flatMap(([what, values]) => [...values].map((value) => valueOf(what, value))));
}

export function valueOf(what: string, value: string | number): ForeignValue {
  return { what, value, twin: typeof value === 'number' ? twinNumber(value) : twinText(value) };
}

/** Bytes are not what a caller sends, and what everybody has is nobody's. */
function isNaming(value: unknown): value is string | number {
  if (typeof value === 'number') return value > 99;
  return typeof value === 'string' && value.length > 2 && value.length < 300 && !value.startsWith('\\x');
}

function distinct(values: readonly ForeignValue[]): ForeignValue[] {
  return [...new Map(values.map((one) => [one.value, one])).values()];
}

function twinNumber(value: number): number {
  return 8_990_000_000 + (value % 10_000_000);
}

/** The next letter for every letter, in its alphabet: hex stays hex, an address keeps its domain. */
function twinText(text: string): string {
  if (/^\+?\d+$/.test(text))
    return text.replace(/\d{3}$/, (last) => String(999 - Number(last)).padStart(3, '0'));
  if (/^[0-9a-f]{16,}$/.test(text)) return text.replace(/[a-f]/g, (one) => (one === 'f' ? 'a' : next(one)));
  const [local = '', domain] = text.split('@');
  const turned = local.replace(/[a-zA-Z]/g, (one) =>
    /z/i.test(one) ? (one === 'z' ? 'a' : 'A') : next(one),
  );
  return domain === undefined ? turned : `${turned}@${domain}`;
}

function next(letter: string): string {
  return String.fromCharCode(letter.charCodeAt(0) + 1);
}
