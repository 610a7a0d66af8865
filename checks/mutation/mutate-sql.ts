import { apply, type Change } from './mutant.ts';
import { insideOf, readSql, type SqlToken, spanOf, splitAt } from './read-sql.ts';

type Words = { text: string; tokens: readonly SqlToken[]; at(index: number): string };

/**
 * The small breaks of one SQL statement: a condition dropped, a bound moved, `greatest` that is `least` or
 * one of its arguments, a lock not taken, a conflict not met. A parameter that goes stays in a branch that
 * is never taken, since a statement must name all that it is given.
 */
export function mutateSql(text: string): Change[] {
  const tokens = readSql(text);
  const words: Words = { text, tokens, at: (index) => tokens[index]?.text.toLowerCase() ?? '' };
  const changes = tokens.flatMap((token, index) => [
    ...conditionsAt(words, index),
    ...choicesAt(words, index),
    ...swapsAt(words, token, index),
    ...clausesAt(words, index),
  ]);
  const made = new Map(changes.map((change) => [apply(text, change), change]));
  return [...made]
    .filter(([changed]) => changed !== text && parametersOf(changed) === parametersOf(text))
    .map(([, change]) => change)
    .sort((one, other) => one.start - other.start);
}

function parametersOf(text: string): string {
  return [...new Set(text.match(/\$\d+/g))].sort().join(' ');
}

const openers = new Set(['where', 'on', 'having', 'when']);
const closers = new Set([
  ...['group', 'order', 'limit', 'returning', 'for', 'then', 'union', 'on', 'join', 'left', 'inner', 'cross'],
  ...['where', 'having', 'window', 'offset', 'do', 'set', 'when', 'else', 'end', ';'],
]);

/** Each part of a condition is dropped. One that only tells an index by its rows is left alone. */
function conditionsAt(words: Words, index: number): Change[] {
  const word = words.at(index);
  if (word === '(') {
    const inside = insideOf(words.tokens, index);
    const isQuery = ['select', 'with', 'values', 'insert', 'update'].includes(words.at(index + 1));
    return isQuery || !inside.some((token) => isJoiner(token, inside[0])) ? [] : dropParts(words, inside);
  }
  if (!openers.has(word) || words.at(index + 1) === 'conflict' || isOfConflict(words, index)) return [];
  const depth = words.tokens[index]?.depth ?? 0;
  const rest = words.tokens.slice(index + 1);
  const end = rest.findIndex(
    (token) => token.depth < depth || (token.depth === depth && closers.has(token.text.toLowerCase())),
  );
  return dropParts(words, end < 0 ? rest : rest.slice(0, end));
}

function isJoiner(token: SqlToken, first: SqlToken | undefined): boolean {
  return token.depth === first?.depth && /^(?:and|or)$/i.test(token.text);
}

function isOfConflict(words: Words, index: number): boolean {
  const before = words.tokens.slice(0, index).map((token) => token.text.toLowerCase());
  return words.at(index) === 'where' && before.lastIndexOf('conflict') > before.lastIndexOf('do');
}

function dropParts(words: Words, condition: readonly SqlToken[]): Change[] {
  const isWord = (word: string) => (index: number) => condition[index]?.text.toLowerCase() === word;
  const isAnd = (index: number) => isWord('and')(index) && !isOfBetween(condition.slice(0, index));
  const parts = splitAt(condition, isWord('or'));
  if (parts.length > 1) return parts.flatMap((part) => [replaced(words, part, 'false')]);
  return splitAt(condition, isAnd).flatMap((part) =>
    part.length === 1 && /^true$/i.test(part[0]?.text ?? '') ? [] : [replaced(words, part, 'true')],
  );
}

/** Whether an `AND` that follows these tokens belongs to a `BETWEEN`. */
function isOfBetween(before: readonly SqlToken[]): boolean {
  const words = before.map((token) => token.text.toLowerCase());
  return words.lastIndexOf('between') > words.lastIndexOf('and');
}

/** The part as good as gone, while its parameters stay. */
function replaced(words: Words, part: readonly SqlToken[], by: 'true' | 'false'): Change {
  const { start, end } = spanOf(part);
  const old = words.text.slice(start, end);
  if (!/\$\d/.test(old)) return { start, end, text: by };
  return { start, end, text: by === 'true' ? `(true OR (${old}))` : `(false AND (${old}))` };
}

const opposites = new Map(Object.entries({ greatest: 'least', least: 'greatest', min: 'max', max: 'min' }));

/** `greatest(a, b)` and its like become each other, or lose one argument; a list loses one of its texts. */
function choicesAt(words: Words, index: number): Change[] {
  const [word, next] = [words.at(index), words.at(index + 1)];
  if (next !== '(') return [];
  const inside = insideOf(words.tokens, index + 1);
  const listed = splitAt(inside, (at) => inside[at]?.text === ',');
  const changes: Change[] = [];
  const opposite = opposites.get(word);
  if (opposite) changes.push({ ...spanOf(words.tokens.slice(index, index + 1)), text: opposite });
  if (['greatest', 'least', 'coalesce'].includes(word) && listed.length > 1)
    changes.push(...listed.map((part) => without(words, index, inside, listed, part)));
  if (word === 'in' && listed.length > 1 && listed.every((part) => part[0]?.text.startsWith("'")))
    changes.push(...listed.map((part) => listWithout(words, inside, listed, part)));
  return changes;
}

function without(
  words: Words,
  index: number,
  inside: readonly SqlToken[],
  parts: readonly SqlToken[][],
  gone: readonly SqlToken[],
): Change {
  const name = words.tokens[index];
  const start = name?.start ?? 0;
  const end = (inside.at(-1)?.end ?? 0) + 1;
  const left = parts.filter((part) => part !== gone).map((part) => textOf(words, part));
  const made = left.length === 1 ? `${left[0]}` : `${name?.text}(${left.join(', ')})`;
  const old = words.text.slice(start, end);
  const isNeeded = /\$\d/.test(textOf(words, gone));
  return { start, end, text: isNeeded ? `CASE WHEN true THEN ${made} ELSE ${old} END` : made };
}

function listWithout(
  words: Words,
  inside: readonly SqlToken[],
  parts: readonly SqlToken[][],
  gone: readonly SqlToken[],
): Change {
  const left = parts.filter((part) => part !== gone).map((part) => textOf(words, part));
  return { ...spanOf(inside), text: left.join(', ') };
}

function textOf(words: Words, part: readonly SqlToken[]): string {
  const { start, end } = spanOf(part);
  return words.text.slice(start, end);
}

const swaps = new Map(
  Object.entries({
    '<': '<=',
    '<=': '<',
    '>': '>=',
    '>=': '>',
    '<>': '=',
    '+': '-',
    '-': '+',
    '*': '/',
    '/': '*',
    true: 'false',
    false: 'true',
    desc: 'ASC',
  }),
);

function swapsAt(words: Words, token: SqlToken, index: number): Change[] {
  const [before, word, next] = [words.at(index - 1), words.at(index), words.at(index + 1)];
  const { start, end } = token;
  const through = (last: number) => words.tokens[last]?.end ?? end;
  if (word === 'not' && next === 'exists') return [{ start, end: through(index + 1), text: 'EXISTS' }];
  if (word === 'exists' && before !== 'not') return [{ start, end, text: 'NOT EXISTS' }];
  if (word === 'is' && next === 'not' && words.at(index + 2) === 'null')
    return [{ start, end: through(index + 2), text: 'IS NULL' }];
  if (word === 'is' && next === 'null') return [{ start, end: through(index + 1), text: 'IS NOT NULL' }];
  if (word === 'is' && next === 'distinct') return [{ start, end, text: 'IS NOT' }];
  if (word === 'is' && next === 'not' && words.at(index + 2) === 'distinct')
    return [{ start, end: through(index + 1), text: 'IS' }];
  const swap = swaps.get(word);
  const isEverything = word === '*' && ['(', 'select', ',', 'returning'].includes(before);
  return swap === undefined || isEverything ? [] : [{ start, end, text: swap }];
}

/** Locks, orders, limits and conflicts are left out, and a join without its rows drops the row. */
function clausesAt(words: Words, index: number): Change[] {
  const [word, next] = [words.at(index), words.at(index + 1)];
  const start = words.tokens[index]?.start ?? 0;
  const to = (last: number) => ({ start, end: words.tokens[last]?.end ?? words.text.length, text: '' });
  if (word === 'for' && (next === 'update' || next === 'share' || next === 'no'))
    return [to(endOfClause(words, index))];
  if (word === 'skip' && next === 'locked') return [to(index + 1)];
  if (word === 'distinct' && words.at(index - 1) === 'select') return [to(index)];
  if (word === 'left' && next === 'join') return [to(index)];
  if (word === 'limit') return [to(index + 1)];
  if (word === 'on' && next === 'conflict') return [to(endOfClause(words, index))];
  if (word !== 'order' || next !== 'by') return [];
  return [to(endOfClause(words, index))];
}

/** The last token of a clause: before the next clause of the statement, or the bracket that closes it. */
function endOfClause(words: Words, index: number): number {
  const depth = words.tokens[index]?.depth ?? 0;
  const ends = ['returning', 'for', 'limit', 'union', 'offset'];
  let last = index;
  for (let at = index + 1; at < words.tokens.length; at += 1) {
    const token = words.tokens[at];
    if (!token || token.depth < depth || (token.depth === depth && ends.includes(token.text.toLowerCase())))
      return last;
    last = at;
  }
  return last;
}
