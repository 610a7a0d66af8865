import fc from 'fast-check';
import { hostileValues, rawTexts } from './hostile-values.ts';
import { chance, type Draw, pick } from './make-value.ts';

/** A text in JSON that is replaced by its inside, which need not be JSON. */
export function rawMark(text: string): string {
  return `@@raw ${Buffer.from(text).toString('base64')}@@`;
}

export function replaceRawMarks(json: string): string {
  return json.replaceAll(/"?@@raw ([\w+/=]+)@@"?/g, (_mark, text) => Buffer.from(text, 'base64').toString());
}

/** Anything that a field was not made for. */
export function hostile(draw: Draw): unknown {
  if (chance(draw, 25)) return rawMark(pick(draw, rawTexts));
  if (chance(draw, 8)) return draw(fc.jsonValue);
  if (chance(draw, 8)) return draw(fc.string, { unit: 'binary', maxLength: 50 });
  return pick(draw, pick(draw, hostileValues));
}

/** The value with one to three of its places replaced, taken away, or added to. */
export function spoil(draw: Draw, value: unknown): unknown {
  const times = draw(fc.integer, { min: 1, max: 3 });
  let spoilt = value;
  for (let done = 0; done < times; done += 1) spoilt = spoilOnce(draw, spoilt);
  return spoilt;
}

function spoilOnce(draw: Draw, value: unknown): unknown {
  if (Array.isArray(value) && value.length > 0 && chance(draw, 85)) {
    const at = draw(fc.nat, { max: value.length - 1 });
    return value.with(at, spoilOnce(draw, value[at]));
  }
  if (isRecord(value) && chance(draw, 92)) return spoilMember(draw, value);
  return hostile(draw);
}

function spoilMember(draw: Draw, value: Record<string, unknown>): unknown {
  const names = Object.keys(value);
  if (names.length === 0 || chance(draw, 10)) {
    const name = pick(draw, [
      '__proto__',
      'constructor',
      'unknownField',
      '',
      'x'.repeat(500),
      '\u0000',
      'a.b[0]',
    ]);
    return { ...value, [name]: hostile(draw) };
  }
  const name = pick(draw, names);
  if (chance(draw, 15)) return Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  return { ...value, [name]: spoilOnce(draw, value[name]) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** JSON with the raw marks replaced, and at times a key twice or before all others. */
export function writeJson(draw: Draw, value: unknown): string {
  const text = replaceRawMarks(JSON.stringify(value) ?? '');
  if (!text.startsWith('{') || !chance(draw, 10)) return text;
  const first = Object.keys(isRecord(value) ? value : {})[0] ?? 'a';
  const extra = pick(draw, [
    '"__proto__":{"x":1}',
    `${JSON.stringify(first)}:[]`,
    '"a\\u0000":1',
    '"\\ud800":1',
  ]);
  return text.length > 2 ? `{${extra},${text.slice(1)}` : `{${extra}}`;
}
