import { isRecord } from './load-built.ts';

/** A part of a path: a word, or which words a parameter can be. */
type Part = { word: string } | { canBe(word: string): boolean };

/**
 * Pairs of paths of an OpenAPI document that one address can match, where neither is the plainer one (OpenAPI
 * has words before parameters). What a parameter can be is told by its schema: a number is never a word.
 */
export function findAmbiguousPaths(paths: Readonly<Record<string, unknown>>): [string, string][] {
  const read = Object.entries(paths).map(([path, item]) => ({ path, parts: readParts(path, item) }));
  return read.flatMap((one, index) =>
    read
      .slice(index + 1)
      .filter((other) => isAmbiguous(one.parts, other.parts))
      .map((other): [string, string] => [one.path, other.path]),
  );
}

function isAmbiguous(one: readonly Part[], other: readonly Part[]): boolean {
  if (one.length !== other.length) return false;
  const pairs = one.map((part, index): [Part, Part | undefined] => [part, other[index]]);
  const canMeet = pairs.every(([left, right]) => right !== undefined && haveOneInCommon(left, right));
  const isPlainer = (left: Part, right: Part | undefined) => 'word' in left && right && 'canBe' in right;
  const somewhere = pairs.some(([left, right]) => isPlainer(left, right));
  const elsewhere = pairs.some(([left, right]) => right && isPlainer(right, left));
  return canMeet && somewhere === elsewhere;
}

function haveOneInCommon(left: Part, right: Part): boolean {
  if ('word' in left) return 'word' in right ? left.word === right.word : right.canBe(left.word);
  return 'word' in right ? left.canBe(right.word) : true;
}

function readParts(path: string, item: unknown): Part[] {
  return path.split('/').map((word) => {
    const name = /^\{(.+)\}$/.exec(word)?.[1];
    return name === undefined ? { word } : { canBe: (given) => fits(schemaOf(item, name), given) };
  });
}

/** The schema of a path's parameter; nothing where an operation does not say. */
function schemaOf(item: unknown, name: string): unknown {
  const operations = isRecord(item) ? Object.values(item) : [];
  for (const operation of operations) {
    const parameters: unknown[] =
      isRecord(operation) && Array.isArray(operation.parameters) ? operation.parameters : [];
    const found = parameters.find((one) => isRecord(one) && one.in === 'path' && one.name === name);
    if (isRecord(found)) return found.schema;
  }
  return undefined;
}

function fits(schema: unknown, word: string): boolean {
  return !isRecord(schema) || schema.type !== 'integer' || /^-?\d+$/.test(word);
}
