import type { Token } from './read-tokens.ts';

/** A function with a body of its own: the lines from its first word to its closing brace. */
export type FoundFunction = { name: string; line: number; lines: number };

const notMethods = new Set(['if', 'for', 'while', 'switch', 'catch', 'with', 'await', 'function']);

/** Callbacks of these calls only group other functions, so they are not counted. */
const groups = new Set(['describe', 'suite']);

/** Finds functions, methods, and arrow functions with a body in braces or parentheses. */
export function readFunctions(tokens: readonly Token[]): FoundFunction[] {
  const pairs = pairBrackets(tokens);
  const found: FoundFunction[] = [];
  for (const [index, token] of tokens.entries()) {
    const place =
      token.text === '=>' && token.kind === 'punctuator'
        ? readArrow(tokens, pairs, index)
        : token.text === '(' && token.kind === 'punctuator'
          ? readNamed(tokens, pairs, index)
          : undefined;
    if (!place) continue;
    const first = tokens[place.first]?.line ?? 1;
    const last = tokens[place.last]?.line ?? first;
    found.push({ name: place.name, line: first, lines: last - first + 1 });
  }
  return found;
}

type Place = { name: string; first: number; last: number };

/** The index of the partner of every bracket. */
function pairBrackets(tokens: readonly Token[]): Map<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'punctuator') continue;
    if (['(', '[', '{', '${'].includes(token.text)) open.push(index);
    if (![')', ']', '}'].includes(token.text)) continue;
    const start = open.pop();
    if (start === undefined) continue;
    pairs.set(start, index);
    pairs.set(index, start);
  }
  return pairs;
}

function readArrow(tokens: readonly Token[], pairs: Map<number, number>, index: number): Place | undefined {
  const body = tokens[index + 1];
  if (body?.text !== '{' && body?.text !== '(') return undefined;
  const last = pairs.get(index + 1);
  const first = tokens[index - 1]?.text === ')' ? pairs.get(index - 1) : index - 1;
  if (last === undefined || first === undefined || isGroup(tokens, first)) return undefined;
  const start = tokens[first - 1]?.text === 'async' ? first - 1 : first;
  const isNamed = tokens[start - 1]?.text === '=' || tokens[start - 1]?.text === ':';
  const name = isNamed ? (tokens[start - 2]?.text ?? '') : '';
  return { name, first, last };
}

/** Whether the function is the last argument of a grouping call: `describe('…', () => {`. */
function isGroup(tokens: readonly Token[], first: number): boolean {
  return (
    tokens[first - 1]?.text === ',' &&
    tokens[first - 3]?.text === '(' &&
    groups.has(tokens[first - 4]?.text ?? '')
  );
}

/** `(` of a function declaration or a method: what precedes is its name and what follows is its body. */
function readNamed(tokens: readonly Token[], pairs: Map<number, number>, index: number): Place | undefined {
  const close = pairs.get(index);
  const before = skipTypeParameters(tokens, index - 1);
  const word = tokens[before];
  if (close === undefined || !word || (word.kind !== 'name' && word.text !== ']')) return undefined;
  const isFunction = word.text === 'function' || tokens[before - 1]?.text === 'function';
  if (!isFunction && notMethods.has(word.text)) return undefined;
  const open = findBody(tokens, pairs, close + 1);
  const last = open === undefined ? undefined : pairs.get(open);
  if (last === undefined) return undefined;
  return { name: word.text, first: before, last };
}

/** From `<T extends X>` back to the name before it. */
function skipTypeParameters(tokens: readonly Token[], start: number): number {
  if (tokens[start]?.text !== '>') return start;
  let depth = 0;
  for (let index = start; index >= 0; index -= 1) {
    if (tokens[index]?.text === '>') depth += 1;
    if (tokens[index]?.text === '<') depth -= 1;
    if (depth === 0) return index - 1;
  }
  return start;
}

const typeOperators = new Set([':', '|', '&', '=>', '?', 'is', 'extends', 'keyof', 'readonly', 'asserts']);
const endsOfType = new Set([
  ';',
  ',',
  ')',
  ']',
  '}',
  '=',
  '&&',
  '||',
  '??',
  'if',
  'return',
  'const',
  'for',
  'case',
]);

/** The `{` of the body, past a return type; nothing when this is a call or a signature. */
function findBody(tokens: readonly Token[], pairs: Map<number, number>, start: number): number | undefined {
  if (tokens[start]?.text === '{') return start;
  if (tokens[start]?.text !== ':') return undefined;
  let angles = 0;
  for (let index = start; index < tokens.length; index += 1) {
    const text = tokens[index]?.text ?? '';
    if (text === '<') angles += 1;
    else if (text === '>') angles -= 1;
    else if (text === '{' && angles === 0 && !typeOperators.has(tokens[index - 1]?.text ?? '')) return index;
    else if (text === '{' || text === '(' || text === '[') index = pairs.get(index) ?? tokens.length;
    else if (angles === 0 && endsOfType.has(text)) return undefined;
  }
  return undefined;
}
