/** A word, number, text, operator or bracket of an SQL statement; `depth` counts the brackets around it. */
export type SqlToken = { text: string; start: number; end: number; depth: number };

// Comments, holes of a template and parameters, texts, names, numbers, operators.
const patterns = [
  /--[^\n]*/,
  /\$\{[^}]*\}|\$\d+/,
  /'(?:[^']|'')*'|"[^"]*"/,
  /[A-Za-z_][\w$]*(?:\.(?:[A-Za-z_][\w$]*|\*))*/,
  /\d+(?:\.\d+)?/,
  /::|<=|>=|<>|!=|\|\||->>?|@>|<@|\S/,
];
const pattern = new RegExp(patterns.map(({ source }) => source).join('|'), 'g');

/** Splits a statement; words keep their case, and comments are left out. */
export function readSql(text: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let depth = 0;
  for (const found of text.matchAll(pattern)) {
    const [word] = found;
    if (word.startsWith('--')) continue;
    if (word === ')' || word === ']') depth -= 1;
    tokens.push({ text: word, start: found.index, end: found.index + word.length, depth });
    if (word === '(' || word === '[') depth += 1;
  }
  return tokens;
}

/** The tokens between a bracket and the one that closes it. */
export function insideOf(tokens: readonly SqlToken[], opening: number): SqlToken[] {
  const depth = tokens[opening]?.depth ?? 0;
  const rest = tokens.slice(opening + 1);
  const end = rest.findIndex((token) => token.depth === depth);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Parts between separators of the same depth as the first token; none where there is nothing. */
export function splitAt(tokens: readonly SqlToken[], isSeparator: (index: number) => boolean): SqlToken[][] {
  const parts: SqlToken[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    if (token.depth === tokens[0]?.depth && isSeparator(index)) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}

/** Where tokens that follow one another begin and end. */
export function spanOf(tokens: readonly SqlToken[]): { start: number; end: number } {
  return { start: tokens[0]?.start ?? 0, end: tokens.at(-1)?.end ?? 0 };
}
