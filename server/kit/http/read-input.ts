import type { FieldProblem } from '../problem.ts';
import { storableText } from '../storable-text.ts';
import { InexactNumber } from './parse-json.ts';

export type Warning = { field: string; rule: string; message: string };

/** The part of JSON Schema that our endpoints use; TypeBox schemas have this shape. */
export type InputSchema = {
  type?: string;
  properties?: Record<string, InputSchema>;
  required?: readonly string[];
  items?: InputSchema;
  anyOf?: readonly InputSchema[];
  const?: unknown;
  enum?: readonly unknown[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  pattern?: string;
  /** A JSON number read as its decimal text, for money. */
  decimalText?: boolean;
  /** Any JSON value is kept as it is. */
  keepsAnything?: boolean;
};

export type Reading = { value: unknown; problems: FieldProblem[]; warnings: Warning[] };

const absent = Symbol('absent');

/**
 * Reads outside data by a schema. `null` means absent, numeric and boolean strings are accepted where they
 * are unambiguous, unknown fields are left out with a warning, and every broken rule names its field.
 */
export function readInput(schema: InputSchema, input: unknown): Reading {
  const reading: Reading = { value: undefined, problems: [], warnings: [] };
  // An absent body is an empty one: it may be enough, and else each missing field is named.
  const value = readValue(schema, input ?? {}, '', reading);
  reading.value = value === absent ? undefined : value;
  return reading;
}

function readValue(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  if (input === null || input === undefined) return absent;
  if (schema.keepsAnything) return keepAnything(input, field, reading);
  if (schema.const !== undefined) return readWord([schema.const], input, field, reading);
  if (schema.enum) return readWord(schema.enum, input, field, reading);
  if (schema.anyOf) return readUnion(schema.anyOf, input, field, reading);
  switch (schema.type) {
    case 'object':
      return readObject(schema, input, field, reading);
    case 'array':
      return readArray(schema, input, field, reading);
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

function readObject(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  if (typeof input !== 'object' || Array.isArray(input) || input instanceof InexactNumber || input === null) {
    return refuse(reading, field, 'object', 'must be an object');
  }
  const known = schema.properties ?? {};
  const value: Record<string, unknown> = {};
  for (const [name, given] of Object.entries(input)) {
    const path = join(field, name);
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    if (inner === undefined) {
      if (given !== null) warn(reading, path);
      continue;
    }
    const read = readValue(inner, given, path, reading);
    if (read !== absent) value[name] = read;
  }
  for (const name of schema.required ?? []) {
    if (!Object.hasOwn(value, name) && !hasProblem(reading, join(field, name))) {
      refuse(reading, join(field, name), 'required', 'is required');
    }
  }
  return value;
}

function readArray(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  if (!Array.isArray(input)) return refuse(reading, field, 'array', 'must be a list');
  const present = input.filter((item) => item !== null).length;
  if (schema.minItems !== undefined && present < schema.minItems) {
    return refuse(reading, field, 'minItems', `must have at least ${schema.minItems} items`);
  }
  if (schema.maxItems !== undefined && input.length > schema.maxItems) {
    return refuse(reading, field, 'maxItems', `must have at most ${schema.maxItems} items`);
  }
  const items = schema.items ?? { keepsAnything: true };
  return input
    .map((item, index) => readValue(items, item, `${field}[${index}]`, reading))
    .filter((item) => item !== absent);
}

function readString(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  const text = typeof input === 'number' && Number.isSafeInteger(input) ? String(input) : input;
  if (typeof text !== 'string') return refuse(reading, field, 'string', 'must be text');
  if (!text.isWellFormed() || text.includes('\u0000')) {
    return refuse(reading, field, 'string', 'must be well-formed text without null characters');
  }
  const length = countCharacters(text);
  if (schema.maxLength !== undefined && length > schema.maxLength) {
    return refuse(reading, field, 'maxLength', `must have at most ${schema.maxLength} characters`);
  }
  if (text === '' && (schema.minLength ?? 0) > 0) return absent;
  if (schema.minLength !== undefined && length < schema.minLength) {
    return refuse(reading, field, 'minLength', `must have at least ${schema.minLength} characters`);
  }
  if (schema.pattern !== undefined && !patternOf(schema.pattern).test(text)) {
    return refuse(reading, field, 'pattern', `must match ${schema.pattern}`);
  }
  return text;
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

function readInteger(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
  const value = typeof input === 'string' && /^-?\d{1,16}$/.test(input) ? Number(input) : input;
  if (!Number.isSafeInteger(value)) {
    return refuse(reading, field, 'integer', 'must be a whole number between -2^53 and 2^53');
  }
  // Adding zero turns -0 into 0.
  const whole = Number(value) + 0;
  return inRange(schema, whole, field, reading) ? whole : absent;
}

function readNumber(schema: InputSchema, input: unknown, field: string, reading: Reading): unknown {
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

function readBoolean(input: unknown, field: string, reading: Reading): unknown {
  if (input === true || input === 'true') return true;
  if (input === false || input === 'false') return false;
  return refuse(reading, field, 'boolean', 'must be true or false');
}

/** A union is either a closed list of words, or alternatives that differ in JSON type. */
function readUnion(
  branches: readonly InputSchema[],
  input: unknown,
  field: string,
  reading: Reading,
): unknown {
  const words = branches.filter((branch) => branch.const !== undefined).map((branch) => branch.const);
  if (words.length === branches.length) return readWord(words, input, field, reading);
  const branch = branches.find((candidate) => accepts(candidate, input)) ?? branches[0];
  return branch === undefined ? absent : readValue(branch, input, field, reading);
}

function accepts(schema: InputSchema, input: unknown): boolean {
  if (Array.isArray(input)) return schema.type === 'array';
  if (typeof input === 'number' || input instanceof InexactNumber) {
    return schema.type === 'number' || schema.type === 'integer';
  }
  return schema.type === typeof input;
}

function readWord(words: readonly unknown[], input: unknown, field: string, reading: Reading): unknown {
  const found = words.find((word) => word === input || (typeof word !== 'string' && String(word) === input));
  return found === undefined ? refuse(reading, field, 'enum', `must be one of ${words.join(', ')}`) : found;
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

function refuse(reading: Reading, field: string, rule: string, message: string): typeof absent {
  reading.problems.push({ field, rule, message: field === '' ? message : `${field} ${message}` });
  return absent;
}

function warn(reading: Reading, field: string): void {
  if (reading.warnings.length >= 50) return;
  reading.warnings.push({
    field: field.slice(0, 200),
    rule: 'unknown_field',
    message: 'the field is unknown and was left out',
  });
}

function hasProblem(reading: Reading, field: string): boolean {
  return reading.problems.some(
    (problem) =>
      problem.field === field ||
      problem.field.startsWith(`${field}.`) ||
      problem.field.startsWith(`${field}[`),
  );
}

function join(field: string, name: string): string {
  return field === '' ? name : `${field}.${name}`;
}
