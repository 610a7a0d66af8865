import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plant } from '../testing/plant.ts';
import type { Verdict } from './judge-mutant.ts';
import type { Mutant } from './mutant.ts';
import { describeReport } from './print-report.ts';
import { keyOf, readSurvivors, rowOf } from './read-survivors.ts';

const mutant: Mutant = {
  id: 1,
  place: 'money',
  file: 'server/money.ts',
  line: 7,
  owner: 'pay',
  before: 'a || b',
  after: 'a && b',
  change: { start: 0, end: 6, text: 'a && b' },
  sort: 'code',
  isStatic: false,
};
const other: Mutant = { ...mutant, id: 2, line: 9, before: 'c < d', after: 'c <= d' };
const places = [{ name: 'money', code: [], tests: [] }];
const killed: Verdict = { kind: 'killed', by: 'a test' };

function report(first: Verdict, known: { key: string; reason: string }[], isAll = true) {
  const mutants = [mutant, ...Array.from({ length: 9 }, (_, index) => ({ ...other, id: index + 2 }))];
  const verdicts = new Map(mutants.map(({ id }) => [id, id === 1 ? first : killed]));
  return describeReport({ mutants, verdicts, places, known, isAll, minutes: '1.0' });
}

test('a break that no test sees is told with its place, and with its reason where it is listed', () => {
  const { lines, isWell } = report({ kind: 'survived' }, []);
  assert.equal(lines[0], 'server/money.ts:7  pay: a || b → a && b  (no test sees it)');
  assert.ok(lines.includes('money                     90.0 %  10 breaks, 9 seen, 1 not, 1 unlisted'));
  assert.equal(isWell, true, 'nine of ten are enough');
  const known = [{ key: keyOf(mutant), reason: 'they agree' }];
  assert.match(report({ kind: 'survived' }, known).lines[0] ?? '', /\(they agree\)$/);
  assert.match(report({ kind: 'not covered' }, []).lines[0] ?? '', /\(no test runs it\)$/);
});

test('a place below nine of ten fails, as does a listed break that is seen', () => {
  const mutants = [mutant, other];
  const verdicts = new Map<number, Verdict>([
    [1, { kind: 'survived' }],
    [2, { kind: 'gone' }],
  ]);
  const known = [{ key: keyOf(mutant), reason: 'they agree' }];
  assert.equal(describeReport({ mutants, verdicts, places, known, isAll: true, minutes: '' }).isWell, false);
  const { lines, isWell } = report(killed, known);
  assert.equal(lines[0], `stands in the list, and is seen by now or not there: ${keyOf(mutant)}`);
  assert.equal(isWell, false);
  assert.equal(
    report(killed, known, false).isWell,
    true,
    'where only some are broken nothing is said of the list',
  );
});

test('a row that the report gives is read from the list, whatever signs are in it', async (context) => {
  const row = rowOf(mutant).replace(/\| \|$/, '| they agree |');
  const list = `# Breaks\n\n| file | function | break | why |\n| --- | --- | --- | --- |\n${row}\n`;
  const root = await plant(context, { 'checks/mutants.md': list });
  assert.deepEqual(await readSurvivors(root), [{ key: keyOf(mutant), reason: 'they agree' }]);
});
