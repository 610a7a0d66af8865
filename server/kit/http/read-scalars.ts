import { cleanText } from '../clean-text.ts';
import type { InputSchema } from './input-schema.ts';
import { nearestName } from './near-name.ts';
import { InexactNumber } from './parse-json.ts';
import { absent, type Reading, refuse } from './reading.ts';

/** A text as it was meant: without outer spaces and invisible characters. A whole number is its digits. */
export function readString(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  const given = typeof input === 'number' && Number.isSafeInteger(input) ? String(input) : input;
  if (typeof given !== 'string') return refuse(reading, field, 'string', 'must be text');
  if (!given.isWellFormed() || given.includes('\u0000')) {
    return refuse(reading, field, 'string', 'must be well-formed text without null characters');
  }
  const text = isPlain(given) ? given : cleanText(given);
  const length = countCharacters(text);
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    return refuse(reading, field, 'maxLength', `must have at most ${schema.maxLength} characters`);
  }
  if (schema.minLength !== undefined && length < schema.minLength) {
    return refuse(reading, field, 'minLength', `must have at least ${schema.minLength} characters`);
  }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(text)) {
    return refuse(reading, field, 'pattern', `must match ${schema.pattern}`);
  }
  return text;
}

/** Printable ASCII without outer spaces needs no cleaning. */
function isPlain(text: string): boolean {
  return /^(?:[!-~](?:[ -~]*[!-~])?)?$/.test(text);
}

/** Characters as people count them: a pair of surrogates is one. */
function countCharacters(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit >= 0xd800 && unit <= 0xdbff) length -= 1;
  }
  return length;
}

const patterns = new Map<string, RegExp>();

function patternOf(source: string): RegExp {
  let pattern = patterns.get(source);
  if (!pattern) {
    pattern = new RegExp(source, 'u');
    patterns.set(source, pattern);
  }
  return pattern;
}

export function readInteger(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  const value = typeof input === 'string' && /^-?\d{1,16}$/.test(input) ? Number(input) : input;
  if (!Number.isSafeInteger(value)) {
    return refuse(reading, field, 'integer', 'must be a whole number between -2^53 and 2^53');
  }
  // Adding zero turns -0 into 0.
  const whole = Number(value) + 0;
  return inRange(schema, whole, field, reading) ? whole : absent;
}

export function readNumber(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  const source = decimalSource(input);
  if (source === undefined) return refuse(reading, field, 'number', 'must be a number without an exponent');
  if (!inRange(schema, Number(source), field, reading)) return absent;
  return schema.decimalText ? source : Number(source);
}

function decimalSource(input: unknown): string | undefined {
  if (typeof input === 'number') return String(input);
  const text = input instanceof InexactNumber ? input.source : input;
  return typeof text === 'string' && /^-?\d{1,20}(\.\d{1,20})?$/.test(text) ? text : undefined;
}

function inRange(schema: InputSchema, value: number, field: string, reading: Reading): boolean {
  if (schema.minimum !== undefined && value < schema.minimum) {
    refuse(reading, field, 'minimum', `must be at least ${schema.minimum}`);
    return false;
  }
  if (schema.maximum !== undefined && value > schema.maximum) {
    refuse(reading, field, 'maximum', `must be at most ${schema.maximum}`);
    return false;
  }
  return true;
}

export function readBoolean(input: unknown, field: string, reading: Reading): unknown {
  if (input === true || input === 'true') return true;
  if (input === false || input === 'false') return false;
  return refuse(reading, field, 'boolean', 'must be true or false');
}

/** A word of a closed list; another one is refused, with the nearest that is known. */
export function readWord(
  words: readonly unknown[],
  input: unknown,
  field: string,
  reading: Reading,
): unknown {
  const found = words.find((word) => word === input || (typeof word !== 'string' && String(word) === input));
  if (found !== undefined) return found;
  const known = words.map((word) => ({ name: String(word) }));
  const nearest = typeof input === 'string' ? nearestName(input, known) : undefined;
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return refuse(reading, field, 'enum', `must be one of ${words.join(', ')}${hint}`);
}
