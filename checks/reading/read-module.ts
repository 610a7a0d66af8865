import type { Token } from './read-tokens.ts';

/**
 * One mention of another module. `names` are the names it takes from there, and `'all'` when it takes the
 * module as a whole in a way that cannot be followed.
 */
export type Import = { specifier: string; line: number; names: string[] | 'all'; reExports: boolean };

type Export = { name: string; line: number; isType: boolean };

export type Module = { imports: Import[]; exports: Export[] };

/** Reads what a module takes from others and what it gives. */
export function readModule(tokens: readonly Token[]): Module {
  const module: Module = { imports: [], exports: [] };
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || isMember(tokens, index)) continue;
    if (token.text === 'import') readImport(tokens, index, module);
    else if (token.text === 'export') readExport(tokens, index, module);
    else if (token.text === 'URL') readAddress(tokens, index, module);
  }
  return module;
}

function isMember(tokens: readonly Token[], index: number): boolean {
  const before = tokens[index - 1]?.text;
  const after = tokens[index + 1]?.text;
  return before === '.' || before === '?.' || after === ':';
}

function readImport(tokens: readonly Token[], index: number, module: Module): void {
  const next = tokens[index + 1];
  if (!next || next.text === '.') return;
  const line = next.line;
  if (next.text === '(') {
    const specifier = textOf(tokens[index + 2]);
    if (specifier !== undefined) module.imports.push({ specifier, line, names: 'all', reExports: false });
    return;
  }
  if (next.kind === 'string') {
    module.imports.push({ specifier: unquote(next.text), line, names: [], reExports: false });
    return;
  }
  const from = findFrom(tokens, index);
  const specifier = textOf(tokens[from + 1]);
  if (specifier === undefined) return;
  const clause = tokens.slice(index + 1, from);
  module.imports.push({ specifier, line, names: importedNames(clause, tokens), reExports: false });
}

function findFrom(tokens: readonly Token[], start: number): number {
  let index = start;
  while (index < tokens.length && !(tokens[index]?.text === 'from' && tokens[index + 1]?.kind === 'string')) {
    index += 1;
  }
  return index;
}

function importedNames(clause: readonly Token[], tokens: readonly Token[]): string[] | 'all' {
  const names = bracedNames(clause).map((pair) => pair.outer);
  const star = clause.findIndex((token) => token.text === '*');
  if (star >= 0) {
    const members = membersOf(clause[star + 2]?.text ?? '', tokens);
    if (members === 'all') return 'all';
    names.push(...members);
  }
  const first = clause[0];
  const isDefault =
    first?.kind === 'name' && (first.text !== 'type' || clause.length === 1 || clause[1]?.text === ',');
  if (isDefault) names.push('default');
  return names;
}

/** What is used of `import * as name`: its members, or all of it when it is handed on. */
function membersOf(name: string, tokens: readonly Token[]): string[] | 'all' {
  const members: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || token.text !== name || tokens[index - 1]?.text === '.') continue;
    if (tokens[index - 1]?.text === 'as') continue;
    const member = tokens[index + 2];
    if (tokens[index + 1]?.text !== '.' || !member) return 'all';
    members.push(member.text);
  }
  return members;
}

/** `{ a, type b as c }`: `outer` is the name at the other module, `inner` the name here. */
function bracedNames(clause: readonly Token[]): { outer: string; inner: string }[] {
  const open = clause.findIndex((token) => token.text === '{');
  if (open < 0) return [];
  const pairs: { outer: string; inner: string }[] = [];
  let words: string[] = [];
  for (const token of clause.slice(open + 1)) {
    if (token.text !== ',' && token.text !== '}') {
      words.push(token.text);
      continue;
    }
    const named = words[0] === 'type' && words.length !== 1 && words[1] !== 'as' ? words.slice(1) : words;
    const outer = named[0];
    if (outer !== undefined) pairs.push({ outer, inner: named[2] ?? outer });
    words = [];
  }
  return pairs;
}

function readExport(tokens: readonly Token[], index: number, module: Module): void {
  const next = tokens[index + 1];
  if (!next) return;
  if (next.text === 'default') module.exports.push({ name: 'default', line: next.line, isType: false });
  else if (next.text === '*') readReExport(tokens, index, module, 'all');
  else if (next.text === '{' || (next.text === 'type' && tokens[index + 2]?.text === '{')) {
    readExportList(tokens, index, module);
  } else readDeclaration(tokens, index, module);
}

function readReExport(
  tokens: readonly Token[],
  index: number,
  module: Module,
  names: string[] | 'all',
): void {
  const from = findFrom(tokens, index);
  const specifier = textOf(tokens[from + 1]);
  const line = tokens[index]?.line ?? 1;
  if (specifier !== undefined) module.imports.push({ specifier, line, names, reExports: true });
}

function readExportList(tokens: readonly Token[], index: number, module: Module): void {
  const close = tokens.findIndex((token, at) => at > index && token.text === '}');
  const pairs = bracedNames(tokens.slice(index, close + 1));
  const line = tokens[index]?.line ?? 1;
  for (const pair of pairs) module.exports.push({ name: pair.inner, line, isType: false });
  if (tokens[close + 1]?.text !== 'from') return;
  readReExport(
    tokens,
    close,
    module,
    pairs.map((pair) => pair.outer),
  );
}

const declarators = new Set([
  'const',
  'let',
  'function',
  'class',
  'type',
  'interface',
  'abstract',
  'async',
  '*',
]);

function readDeclaration(tokens: readonly Token[], index: number, module: Module): void {
  let at = index + 1;
  while (declarators.has(tokens[at]?.text ?? '')) at += 1;
  const token = tokens[at];
  if (token?.text === '{') {
    const close = tokens.findIndex((candidate, place) => place > at && candidate.text === '}');
    for (const name of patternNames(tokens.slice(at + 1, close))) {
      module.exports.push({ name, line: token.line, isType: false });
    }
  } else if (token?.kind === 'name') {
    const isType = ['type', 'interface'].includes(tokens[index + 1]?.text ?? '');
    module.exports.push({ name: token.text, line: token.line, isType });
  }
}

function patternNames(tokens: readonly Token[]): string[] {
  const isLast = (index: number) => [',', '}', undefined].includes(tokens[index + 1]?.text);
  return tokens.filter((token, index) => token.kind === 'name' && isLast(index)).map((token) => token.text);
}

/** `new URL('./worker.js', import.meta.url)` names a file to be run, which is a way to use it. */
function readAddress(tokens: readonly Token[], index: number, module: Module): void {
  const specifier = tokens[index + 1]?.text === '(' ? textOf(tokens[index + 2]) : undefined;
  if (specifier === undefined || !/^\.\.?\/.*\.[jt]s$/.test(specifier)) return;
  module.imports.push({ specifier, line: tokens[index]?.line ?? 1, names: 'all', reExports: false });
}

function textOf(token: Token | undefined): string | undefined {
  return token?.kind === 'string' ? unquote(token.text) : undefined;
}

function unquote(text: string): string {
  return text.slice(1, -1);
}
