import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countParts } from './count-parts.ts';

const cases: [string, number][] = [
  ['', 1],
  ['å'.repeat(160), 1],
  ['å'.repeat(161), 2],
  ['a'.repeat(306), 2],
  ['a'.repeat(307), 3],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
  ['ж'.repeat(70), 1],
  ['ж'.repeat(71), 2],
  ['😀'.repeat(35), 1],
  ['😀'.repeat(36), 2],
];

test('texts are cut as telephones cut them', () => {
  for (const [text, parts] of cases)
    assert.equal(countParts(text), parts, `${text.length} ${text.slice(0, 2)}`);
});
