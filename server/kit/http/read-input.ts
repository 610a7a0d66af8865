import { storableText } from '../storable-text.ts';
import type { InputSchema } from './input-schema.ts';
import { brokenByEmpty, isIdleItem, isNothing, isZeroForNothing, saysNothing } from './is-empty.ts';
import { isMisspelt, nearestName } from './near-name.ts';
import { InexactNumber } from './parse-json.ts';
import { readBoolean, readInteger, readNumber, readString, readWord } from './read-scalars.ts';
import {
  absent,
  hasProblem,
  isFull,
  isOneTooMany,
  join,
  type Reading,
  refuse,
  warnOfUnknown,
} from './reading.ts';

export type { Warning } from './reading.ts';

export type ReadOptions = {
  /** Top-level members that are passed over: what old clients send beside what they mean. */
  harmless?: ReadonlySet<string>;
  /** What the whole is called where it is no object at all. */
  whole?: string;
};

/**
 * Reads outside data by a schema. Numeric and boolean strings are accepted where they are unambiguous, texts
 * are cleaned of what nobody sees, and every broken rule names its field.
 *
 * A field that narrows is never ignored: null breaks the rule `null`, blank text and an empty list `empty`, a
 * member that is not known `unknown_field`, with the nearest known name. Of one that describes, null and
 * empty are absent, and an unknown member is left out with a warning. `x-sort`, `x-empty` and `x-unknown` of
 * the schema say which holds; a schema that does not say is read the strict way.
 */
export function readInput(schema: InputSchema, input: unknown, options: ReadOptions = {}): Reading {
  const reading: Reading = { value: undefined, problems: [], warnings: [], unknown: 0 };
  // An absent body is an empty one: it may be enough, and else each missing field is named.
  const value = readValue(schema, input === undefined ? {} : input, '', { reading, options, keeps: 'all' });
  reading.value = value === absent ? undefined : value;
  return reading;
}

/** How the items of a list are read: `something` drops those that say nothing. */
type Way = { reading: Reading; options: ReadOptions; keeps: 'all' | 'something' };

function readValue(schema: InputSchema, input: unknown, field: string, way: Way): unknown {
  const { reading } = way;
  if (schema.keepsAnything) return keepAnything(input, field, reading);
  if (schema.const !== undefined) return readWord([schema.const], input, field, reading);
  if (schema.enum) return readWord(schema.enum, wordOfToday(schema, input), field, reading);
  if (schema.anyOf) return readUnion(schema.anyOf, input, field, way);
  switch (schema.type) {
    case 'object':
      return readObject(schema, input, field, way);
    case 'array':
      return readArray(schema, input, field, way);
    case 'string':
      return readString(schema, input, field, reading);
    case 'integer':
      return readInteger(schema, input, field, reading);
    case 'number':
      return readNumber(schema, input, field, reading);
    case 'boolean':
      return readBoolean(input, field, reading);
    default:
      throw new Error(`the schema of ${field} has a type that is not read here`);
  }
}

function wordOfToday({ formerly = {} }: InputSchema, input: unknown): unknown {
  return typeof input === 'string' && Object.hasOwn(formerly, input) ? formerly[input] : input;
}

type Members = Record<string, unknown>;

function readObject(schema: InputSchema, input: unknown, field: string, way: Way): unknown {
  const { reading } = way;
  if (!isMembers(input)) {
    const path = field === '' ? (way.options.whole ?? '') : field;
    return refuse(reading, path, 'object', 'must be an object');
  }
  const known = schema.properties ?? {};
  const value: Members = {};
  for (const [name, given] of Object.entries(input)) {
    const path = join(field, name);
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    const read = inner
      ? readField(inner, given, path, { ...way, beside: input })
      : readUnknown(schema, name, path, way);
    if (read !== absent) value[name] = read;
  }
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name) && !hasProblem(reading, join(field, name))) {
      refuse(reading, join(field, name), 'required', 'is required');
    }
  }
  return value;
}

function isMembers(input: unknown): input is Members {
  return (
    typeof input === 'object' && input !== null && !Array.isArray(input) && !(input instanceof InexactNumber)
  );
}

function readField(
  schema: InputSchema,
  given: unknown,
  path: string,
  { beside, ...way }: Way & { beside: Members },
): unknown {
  if (!emptyIsAbsent(schema, beside)) {
    const rule = brokenByEmpty(given);
    if (rule === undefined) return readValue(schema, given, path, { ...way, keeps: 'all' });
    const said = rule === 'null' ? 'is null' : 'is empty';
    return refuse(way.reading, path, rule, `${said}; leave it out, or say what is meant`);
  }
  if (saysNothing(schema, given) || isZeroForNothing(schema, given)) return absent;
  return readValue(schema, given, path, { ...way, keeps: 'something' });
}

function emptyIsAbsent(schema: InputSchema, beside: Members): boolean {
  if (schema['x-sort'] === 'describes') return true;
  if (schema['x-empty'] !== 'absent') return false;
  return !schema['x-empty-without']?.some((name) => Object.hasOwn(beside, name) && !isNothing(beside[name]));
}

function readUnknown(
  schema: InputSchema,
  name: string,
  path: string,
  { reading, options }: Way,
): typeof absent {
  if (path === name && options.harmless?.has(name)) return absent;
  if (isFull(reading)) return absent;
  if (isOneTooMany(reading))
    return refuse(reading, path, 'too_many_unknown', 'is one unknown field too many');
  const known = Object.entries(schema.properties ?? {});
  if (schema['x-unknown'] === 'warned') {
    const meant = findMisspelt(known, name);
    if (meant === undefined) {
      warnOfUnknown(reading, path);
      return absent;
    }
    return refuse(reading, path, 'unknown_field', `is not known; did you mean ${meant}?`);
  }
  const names = known.map(([one, { alsoCalled = [] }]) => ({ name: one, alsoCalled }));
  const nearest = nearestName(name, names);
  const list = names.length === 0 ? 'nothing is' : names.map((one) => one.name).join(', ');
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  return refuse(reading, path, 'unknown_field', `is not known here (known: ${list})${hint}`);
}

/** The narrowing field that somebody who wrote this name meant; nothing where it is nearer to another one. */
function findMisspelt(known: readonly [string, InputSchema][], name: string): string | undefined {
  const near = known.filter(([one]) => isMisspelt(name, one));
  const nearest = nearestName(
    name,
    near.map(([one]) => ({ name: one })),
  );
  return near.find(([one, field]) => one === nearest && field['x-sort'] !== 'describes')?.[0];
}

function readArray(schema: InputSchema, input: unknown, field: string, way: Way): unknown {
  const { reading, keeps } = way;
  if (!Array.isArray(input)) return refuse(reading, field, 'array', 'must be a list');
  const isDropped = (item: unknown) => keeps === 'something' && isIdleItem(schema.items, item);
  const present = input.filter((item) => !isDropped(item)).length;
  if (schema.minItems !== undefined && present < schema.minItems) {
    return refuse(reading, field, 'minItems', `must have at least ${schema.minItems} items`);
  }
  if (schema.maxItems !== undefined && input.length > schema.maxItems) {
    return refuse(reading, field, 'maxItems', `must have at most ${schema.maxItems} items`);
  }
  const items = schema.items ?? { keepsAnything: true };
  return input
    .map((item, index) => (isDropped(item) ? absent : readItem(items, item, `${field}[${index}]`, way)))
    .filter((item) => item !== absent);
}

function readItem(schema: InputSchema, item: unknown, path: string, way: Way): unknown {
  const rule = brokenByEmpty(item);
  if (rule === undefined) return readValue(schema, item, path, way);
  return refuse(way.reading, path, rule, rule === 'null' ? 'is null' : 'is empty');
}

/** A union is either a closed list of words, or alternatives that differ in JSON type. */
function readUnion(branches: readonly InputSchema[], input: unknown, field: string, way: Way): unknown {
  const words = branches.filter((branch) => branch.const !== undefined).map((branch) => branch.const);
  if (words.length === branches.length) return readWord(words, input, field, way.reading);
  const branch = branches.find((candidate) => accepts(candidate, input)) ?? branches[0];
  return branch === undefined ? absent : readValue(branch, input, field, way);
}

function accepts(schema: InputSchema, input: unknown): boolean {
  if (Array.isArray(input)) return schema.type === 'array';
  if (typeof input === 'number' || input instanceof InexactNumber) {
    return schema.type === 'number' || schema.type === 'integer';
  }
  return schema.type === typeof input;
}

const deepestKept = 32;

function keepAnything(input: unknown, field: string, reading: Reading): unknown {
  const kept = plain(input, deepestKept);
  return kept === absent ? refuse(reading, field, 'depth', `must nest at most ${deepestKept} levels`) : kept;
}

/**
 * Turns numbers that were kept by their text back into JSON values, for data that is only stored. Answers
 * `absent` where the data is deeper than `levels`.
 */
function plain(input: unknown, levels: number): unknown {
  if (input instanceof InexactNumber) return input.source;
  if (typeof input === 'string') return storableText(input);
  if (typeof input !== 'object' || input === null) return input;
  if (levels === 0) return absent;
  const entries = Object.entries(input).filter(([name]) => name !== '__proto__');
  const values = entries.map(([, value]) => plain(value, levels - 1));
  if (values.includes(absent)) return absent;
  if (Array.isArray(input)) return values;
  return Object.fromEntries(entries.map(([name], index) => [storableText(name), values[index]]));
}
