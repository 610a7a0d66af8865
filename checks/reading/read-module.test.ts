import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModule } from './read-module.ts';
import { readTokens } from './read-tokens.ts';

const read = (source: string) => readModule(readTokens(source, false));

const imports: [string, string, string[] | 'all'][] = [
  [`import { a, type B as C } from './x.ts'`, './x.ts', ['a', 'B']],
  [`import type { A } from './x.ts'`, './x.ts', ['A']],
  [`import pg, { type Pool } from 'pg'`, 'pg', ['Pool', 'default']],
  [`import './x.ts'`, './x.ts', []],
  [`import * as orders from './x.ts'; orders.find(); orders.lock()`, './x.ts', ['find', 'lock']],
  [`import * as orders from './x.ts'; use(orders)`, './x.ts', 'all'],
  [`const x = await import('./x.ts')`, './x.ts', 'all'],
  [`new Worker(new URL('./worker.js', import.meta.url))`, './worker.js', 'all'],
];

for (const [source, specifier, names] of imports) {
  test(source, () => {
    const [found] = read(source).imports;
    assert.deepEqual({ specifier: found?.specifier, names: found?.names }, { specifier, names });
  });
}

const exported: [string, string[]][] = [
  ['export const a = 1; export let b', ['a', 'b']],
  ['export async function* run() {}', ['run']],
  ['export type A = B; export interface C {}', ['A', 'C']],
  ['export abstract class D {}', ['D']],
  ['export const { a, b: c } = x', ['a', 'c']],
  ['const a = 1; export { a as b, type C }', ['b', 'C']],
  ['export default 1', ['default']],
  [`const s = 'export const x = 1'; // export const y`, []],
];

for (const [source, names] of exported) {
  test(source, () =>
    assert.deepEqual(
      read(source).exports.map((one) => one.name),
      names,
    ),
  );
}

test('re-exports are marked', () => {
  const module = read(`export * from './a.ts'; export { b } from './b.ts'`);
  assert.deepEqual(
    module.imports.map(({ names, reExports }) => [names, reExports]),
    [
      ['all', true],
      [['b'], true],
    ],
  );
});
