import assert from 'node:assert/strict';
import { stripTypeScriptTypes } from 'node:module';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { instrument } from './instrument.ts';
import { describeMutant, type Mutant } from './mutant.ts';
import { createSwitches, type Switches, switchesName } from './runtime.ts';

function read(source: string) {
  return instrument({ place: 'here', file: 'server/a.ts', source, firstId: 1 });
}

/** A file that declares `f`, and what may be broken in it, as `owner: before → after`. */
const cases: [string, string, string[]][] = [
  [
    'a comparison',
    'const f = (a: number): boolean => a < 1;',
    ['f: a < 1 → a <= 1', 'f: a < 1 → a >= 1', 'f: a < 1 → true', 'f: a < 1 → false', 'f: a < 1 → undefined'],
  ],
  ['a sum', 'function f(a: number) { return a + 1; }', ['f: a + 1 → a - 1', 'f: { return a + 1; } → {}']],
  ['texts are not added', "const a = 'x' + f;", ["a: 'x' → ''"]],
  ['a decision', 'if (f) g();', [': f → true', ': f → false']],
  ['what may be missing', 'const a = f?.b?.c;', ['a: f?.b?.c → f.b?.c', 'a: f?.b?.c → f?.b.c']],
  ['a method', 'const a = f.filter(g);', ['a: f.filter(g) → f']],
  ['what stands in if nothing does', 'const a = f ?? g;', ['a: f ?? g → f', 'a: f ?? g → g']],
  ['types and imports do nothing', "import { f } from './f.ts'; type T = 'x' | 1;", []],
  ['an exception is no behaviour, nor is a name for logs', "throw new Error('x' + f);", []],
  ['a statement', "const f = sql('f.find', `SELECT 1 FROM t WHERE a`);", ['f: a → true']],
];

for (const [name, source, expected] of cases) {
  test(`breaks of code: ${name}`, () => {
    const shown = read(source).mutants.map((mutant) => `${mutant.owner}: ${describeMutant(mutant)}`);
    assert.deepEqual(shown, expected);
  });
}

/** Runs what the source gives with one mutant switched on; `sql` gives a statement as it is. */
function give(source: string, chosen: (mutant: Mutant) => boolean): { given: unknown; switches: Switches } {
  const { text, mutants } = read(source);
  const switches = createSwitches();
  const sql = (statementName: string, own: string) => ({ name: statementName, text: own });
  const run = runInNewContext(`${stripTypeScriptTypes(text.slice(text.indexOf(';') + 1))}; f`, {
    [switchesName]: switches,
    sql,
  });
  switches.active = mutants.find(chosen)?.id ?? 0;
  return { given: run(), switches };
}

test('a mutant that is switched on is what runs, and what was asked for is covered', () => {
  const source = 'function f() { return g(2) ? 1 + 1 : 0; }\nfunction g(a: number) { return a > 1; }';
  assert.equal(give(source, () => false).given, 2);
  assert.equal(give(source, ({ after }) => after === '1 - 1').given, 0);
  assert.equal(give(source, ({ after }) => after === 'a <= 1').given, 0);
  const { given, switches } = give(source, ({ line, after }) => line === 2 && after === '{}');
  assert.equal(given, 0);
  // Neither the sum, nor the comparison in the block that was emptied.
  assert.equal(switches.covered.size, read(source).mutants.length - 5);
});

test('a table at the top of a file is read anew, so that its parts can be broken', () => {
  const source = "const table = { a: 'x', b: ['y'] };\nfunction f() { return table.a + table.b[0]; }";
  assert.equal(give(source, () => false).given, 'xy');
  assert.equal(give(source, ({ before }) => before === "'x'").given, 'y');
  const statics = read(source).mutants.filter((mutant) => mutant.isStatic);
  assert.deepEqual(
    statics.map(({ after }) => after),
    ['{}'],
  );
});

test('a statement is broken where it is used, and so is a text that statements share', () => {
  const source = [
    'const columns = `a < b AS c`;',
    "const q = sql('q', `SELECT ${columns} FROM t WHERE a`);",
    'function f() { return q.text; }',
  ].join('\n');
  const textWith = (after: string) => give(source, (mutant) => mutant.after === after).given;
  assert.equal(textWith('-'), 'SELECT a < b AS c FROM t WHERE a');
  assert.equal(textWith('true'), 'SELECT a < b AS c FROM t WHERE true');
  assert.equal(textWith('<='), 'SELECT a <= b AS c FROM t WHERE a');
});
