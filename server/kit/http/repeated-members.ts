import { InexactNumber } from './parse-json.ts';

/**
 * The path of a member that stands twice in one object of a JSON text, such as `amount` in
 * `{"amount":10,"amount":20}`, where a parser would keep one of them in silence. Nothing where there is none.
 * `value` is what the text was parsed into.
 */
export function findRepeatedMember(text: string, value: unknown): string | undefined {
  return countNames(text) === countMembers(value) ? undefined : nameRepeated(text);
}

/** How many strings of a JSON text are names of members: those with a colon behind them. */
function countNames(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at)) {
    at = endOfString(text, at);
    if (isName(text, at)) count += 1;
  }
  return count;
}

/** The place behind the string that begins at `start`. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isName(text: string, behind: number): boolean {
  let at = behind;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1;
  return text[at] === ':';
}

function countMembers(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== 'object' || one === null || one instanceof InexactNumber) continue;
    const members = Object.values(one);
    if (!Array.isArray(one)) count += members.length;
    for (const member of members) if (typeof member === 'object') left.push(member);
  }
  return count;
}

type Open = { path: string; names: Set<string> | undefined; item: number; name: string };

/** Walks the text, which is well-formed, and keeps for each open object the names that it has so far. */
function nameRepeated(text: string): string {
  const open: Open[] = [];
  for (let at = 0; at < text.length; ) {
    const sign = text[at];
    const inner = open.at(-1);
    if (sign === '{' || sign === '[') {
      open.push({ path: pathOf(inner), names: sign === '{' ? new Set() : undefined, item: 0, name: '' });
    } else if (sign === '}' || sign === ']') open.pop();
    else if (sign === ',' && inner) inner.item += 1;
    if (sign !== '"') {
      at += 1;
      continue;
    }
    const end = endOfString(text, at);
    if (inner?.names && isName(text, end)) {
      inner.name = String(JSON.parse(text.slice(at, end)));
      if (inner.names.has(inner.name)) return pathOf(inner);
      inner.names.add(inner.name);
    }
    at = end;
  }
  return '';
}

/** The path of the member or item that an open object or list is at. */
function pathOf(open: Open | undefined): string {
  if (!open) return '';
  if (!open.names) return `${open.path}[${open.item}]`;
  return open.path === '' ? open.name : `${open.path}.${open.name}`;
}
