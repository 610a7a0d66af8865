import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFunctions } from './read-functions.ts';
import { readTokens } from './read-tokens.ts';

const read = (source: string) =>
  readFunctions(readTokens(source, false)).map(({ name, lines }) => [name, lines]);

const cases: [string, string, [string, number][]][] = [
  ['a declaration', 'function f() {\n}', [['f', 2]]],
  ['a return type in braces', 'function f(): { a: b } {\n\n}', [['f', 3]]],
  ['a return type with generics', 'async function f<T>(x: T): Promise<Map<T, { a: 1 }>> {\n}', [['f', 2]]],
  ['a type guard', 'function f(x: unknown): x is { a: 1 } {\n}', [['f', 2]]],
  [
    'a method and a getter',
    'class A {\n  run() {\n  }\n  get x() { return 1 }\n}',
    [
      ['run', 2],
      ['x', 1],
    ],
  ],
  ['an arrow', 'const f = async (a) => {\n};', [['f', 2]]],
  ['an arrow around parentheses', 'const f = (a) => (\n  a\n);', [['f', 3]]],
  ['a short arrow is not counted', 'const f = (a) => a;', []],
  ['calls and statements are no functions', 'if (a(b)) {\n} for (;;) {\n} x = a ? f(b) : { c };', []],
  ['an overload has no body', 'function f(a: string): void;\nfunction f(a: number): void {\n}', [['f', 2]]],
  ['a group of tests is no function', `describe('x', () => {\n  test('y', () => {\n  });\n});`, [['', 2]]],
];

for (const [name, source, expected] of cases) {
  test(name, () => assert.deepEqual(read(source), expected));
}
