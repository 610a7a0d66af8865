import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTokens } from './read-tokens.ts';

const texts = (source: string, jsx = false) => readTokens(source, jsx).map((token) => token.text);

const cases: [string, string, string[]][] = [
  ['comments are left out', '/* a */ b // c\nd', ['b', 'd']],
  ['strings are whole', `x = 'it\\'s // no' + "}"`, ['x', '=', `'it\\'s // no'`, '+', '"}"']],
  [
    'a regular expression with quotes',
    `x = /['"/]/.test(y)`,
    ['x', '=', `/['"/]/`, '.', 'test', '(', 'y', ')'],
  ],
  ['a division is no regular expression', 'a / b / c', ['a', '/', 'b', '/', 'c']],
  ['a regular expression after return', 'return /}/g', ['return', '/}/g']],
  [
    'code inside a template',
    '`a ${ f({ b: `}` }) } c` + d',
    [...['`', '${', 'f', '(', '{', 'b', ':', '`', '}', ')', '}', '+', 'd']],
  ],
  ['a dollar in a template', '`$1 $` + a', ['`', '+', 'a']],
];

for (const [name, source, expected] of cases) {
  test(name, () => assert.deepEqual(texts(source), expected));
}

test('text between tags is no code, braces in it are', () => {
  const source = `const a = <p class="it's">Don't <b>{name}</b> export { f(\`x\`) }</p>; b`;
  const found = texts(source, true).join(' ');
  assert.ok(!found.includes('export'), found);
  assert.match(found, /\{ name \}.*\{ f \( ` \) \} ; b$/);
});

test('generics and comparisons are no tags', () => {
  const found = texts(`const f = <T,>(x: Array<T>) => x.length < y && z > 1; 'end'`, true);
  assert.equal(found.at(-1), `'end'`);
});

test('an element that closes itself, in an arrow and in a condition', () => {
  const found = texts(`const f = () => <br />; const g = a ? <i>'</i> : <></>; last`, true);
  assert.equal(found.at(-1), 'last');
});

test('lines are counted through every kind of token', () => {
  const tokens = readTokens('/*\n*/ `a\n${b}\n` +\n"c"\nd', false);
  assert.deepEqual(tokens.map((token) => [token.text, token.line]).at(-1), ['d', 6]);
});
