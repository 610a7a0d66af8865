/**
 * What a reply must look like, written as the documentation of the original has it: a word for the type of a
 * value, an object by its fields, a list by what each of its entries is. `?` behind a word: or null.
 */
export type Shape = Word | `${Word}?` | OneOf | Fields | readonly [Shape];
export type Fields = { readonly [name: string]: Shape };

/** `time` is epoch milliseconds of a whole second; `list` holds anything, or nothing. */
type Word = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'list' | 'object';

type Value = string | number | boolean | null;
type OneOf = Set<unknown>;

/** One of these values and nothing else. */
export const exactly = (...values: readonly Value[]): OneOf => new Set<unknown>(values);

/** From here on a number is a time in milliseconds; one in seconds is below for some thousand years. */
const firstMilliseconds = 100_000_000_000;

const tests: Readonly<Record<Word, (value: unknown) => boolean>> = {
  text: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: (value) => typeof value === 'number' && Math.abs(value * 100 - Math.round(value * 100)) < 1e-6,
  boolean: (value) => typeof value === 'boolean',
  time: (value) => Number.isInteger(value) && Number(value) % 1000 === 0 && Number(value) > firstMilliseconds,
  list: Array.isArray,
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/**
 * What is wrong with a value, each as a sentence with its path. Fields that are not asked for may be there:
 * the original adds fields too. A list must have an entry, since an empty one would prove no name.
 */
export function faultsOf(shape: Shape, value: unknown, path = 'reply'): string[] {
  if (typeof shape === 'string') return faultsOfWord(shape, value, path);
  if (shape instanceof Set) {
    return shape.has(value) ? [] : [`${path} is ${show(value)}, not ${[...shape].join(' or ')}`];
  }
  if (isList(shape)) {
    if (!Array.isArray(value)) return [`${path} is ${show(value)}, and no list`];
    if (value.length === 0) return [`${path} is an empty list`];
    return value.flatMap((entry, index) => faultsOf(shape[0], entry, `${path}[${index}]`));
  }
  if (!tests.object(value)) return [`${path} is ${show(value)}, and no object`];
  const given = new Map(Object.entries(value as object));
  return Object.entries(shape).flatMap(([name, member]) =>
    given.has(name) ? faultsOf(member, given.get(name), `${path}.${name}`) : [`${path}.${name} is missing`],
  );
}

function faultsOfWord(shape: string, value: unknown, path: string): string[] {
  const mayBeNull = shape.endsWith('?');
  if (mayBeNull && value === null) return [];
  const word = (mayBeNull ? shape.slice(0, -1) : shape) as Word;
  return tests[word](value) ? [] : [`${path} is ${show(value)}, not ${shape}`];
}

function isList(shape: Exclude<Shape, string>): shape is readonly [Shape] {
  return Array.isArray(shape);
}

function show(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 80) ?? 'missing';
}
