/**
 * Splits TypeScript and TSX into tokens: enough to find imports, exports and functions without a compiler.
 * Comments and the text between JSX tags are left out; strings, templates and regular expressions are one
 * token each, with the code inside a template or JSX braces as tokens of its own.
 */
export type Token = {
  kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuator';
  text: string;
  line: number;
};

type Reader = { source: string; at: number; line: number; jsx: boolean; tokens: Token[] };

const longPunctuators = ['=>', '...', '?.', '&&', '||', '??', '===', '!=='];
const wordBeforeOperand = new Set(
  'return typeof case in of instanceof void delete throw new else do await yield default'.split(' '),
);

/** Reads the whole text. `jsx` says whether `<div>` may stand where a value is expected. */
export function readTokens(source: string, jsx: boolean): Token[] {
  const reader: Reader = { source, at: 0, line: 1, jsx, tokens: [] };
  while (reader.at < source.length) {
    readCode(reader);
    take(reader, 1); // A brace without a partner; the compiler reports it.
  }
  return reader.tokens;
}

/** Reads until the end, or up to the `}` that closes the block around. */
function readCode(reader: Reader): void {
  let depth = 0;
  for (;;) {
    skipBlanks(reader);
    const char = reader.source[reader.at];
    if (char === undefined || (char === '}' && depth === 0)) return;
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    readToken(reader, char);
  }
}

function readToken(reader: Reader, char: string): void {
  if (char === '`') readTemplate(reader);
  else if (char === "'" || char === '"') push(reader, 'string', matchAt(reader, quoted(char)) ?? char);
  else if (char === '/' && expectsOperand(reader))
    push(reader, 'regex', matchAt(reader, regularExpression) ?? char);
  else if (char === '<' && reader.jsx && expectsOperand(reader) && startsElement(reader)) readElement(reader);
  else readPlainToken(reader, char);
}

function readPlainToken(reader: Reader, char: string): void {
  const name = matchAt(reader, identifier);
  if (name !== undefined) return push(reader, 'name', name);
  const number = matchAt(reader, numeral);
  if (number !== undefined) return push(reader, 'number', number);
  const long = longPunctuators.find((text) => reader.source.startsWith(text, reader.at));
  push(reader, 'punctuator', long ?? char);
}

const identifier = /[\p{ID_Start}$_#@][\p{ID_Continue}$]*/uy;
const blank = /(?:\s+|\/\/.*|\/\*[^]*?\*\/|#!.*)+/y;
const numeral = /\d[\w.]*/y;
const regularExpression = /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;

function quoted(quote: string): RegExp {
  return quote === "'" ? /'(?:\\[^]|[^'\\\n])*'?/y : /"(?:\\[^]|[^"\\\n])*"?/y;
}

function matchAt(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.source)?.[0];
}

function push(reader: Reader, kind: Token['kind'], text: string): void {
  reader.tokens.push({ kind, text, line: reader.line });
  take(reader, text.length);
}

function take(reader: Reader, length: number): void {
  for (let index = reader.at; index < reader.at + length; index += 1) {
    if (reader.source[index] === '\n') reader.line += 1;
  }
  reader.at += length;
}

function skipBlanks(reader: Reader): void {
  const blanks = matchAt(reader, blank);
  if (blanks !== undefined) take(reader, blanks.length);
}

/** Whether a `/` or `<` here begins a value rather than divides or compares. */
function expectsOperand(reader: Reader): boolean {
  const last = reader.tokens.at(-1);
  if (!last) return true;
  if (last.kind === 'name') return wordBeforeOperand.has(last.text);
  return last.kind === 'punctuator' && ![')', ']', '}'].includes(last.text);
}

function readTemplate(reader: Reader): void {
  push(reader, 'template', '`');
  for (;;) {
    take(reader, (matchAt(reader, /(?:\\[^]|\$(?!\{)|[^`\\$])+/y) ?? '').length);
    if (!reader.source.startsWith('${', reader.at)) break;
    push(reader, 'punctuator', '${');
    readCode(reader);
    push(reader, 'punctuator', '}');
  }
  take(reader, 1);
}

function startsElement(reader: Reader): boolean {
  const isGeneric = matchAt(reader, /<[A-Z]\w*(?:\s*,|\s+extends\b|>\s*\()/y) !== undefined;
  return !isGeneric && matchAt(reader, /<(?:>|[A-Za-z])/y) !== undefined;
}

/** Reads one JSX element with its children. The names of components in it become tokens. */
function readElement(reader: Reader): void {
  take(reader, 1);
  const isClosed = readTag(reader);
  if (isClosed) return;
  for (;;) {
    take(reader, (matchAt(reader, /[^<{]+/y) ?? '').length);
    if (reader.at >= reader.source.length) return;
    if (reader.source[reader.at] === '{') readBraces(reader);
    else if (reader.source.startsWith('</', reader.at)) {
      take(reader, (matchAt(reader, /<\/[^>]*>/y) ?? '</').length);
      return;
    } else readElement(reader);
  }
}

/** Reads the name and attributes of a tag; answers whether it closes itself. */
function readTag(reader: Reader): boolean {
  for (;;) {
    skipBlanks(reader);
    const char = reader.source[reader.at];
    if (char === undefined) return true;
    if (char === '>') break;
    if (reader.source.startsWith('/>', reader.at)) {
      take(reader, 2);
      return true;
    }
    if (char === '{') readBraces(reader);
    else if (char === '"' || char === "'") take(reader, (matchAt(reader, attribute(char)) ?? char).length);
    else readPlainToken(reader, char);
  }
  take(reader, 1);
  return false;
}

function attribute(quote: string): RegExp {
  return quote === "'" ? /'[^']*'?/y : /"[^"]*"?/y;
}

function readBraces(reader: Reader): void {
  push(reader, 'punctuator', '{');
  readCode(reader);
  push(reader, 'punctuator', '}');
}
