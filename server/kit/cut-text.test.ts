import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutText } from './cut-text.ts';

const table: [text: string, longest: number, cut: string][] = [
  ['Avisa', 10, 'Avisa'],
  ['Avisa', 5, 'Avisa'],
  ['Avisa', 3, 'Avi'],
  ['Avisa', 0, ''],
  ['', 3, ''],
  ['Blåbærøya', 4, 'Blåb'],
  ['ab📰', 4, 'ab📰'],
  ['ab📰', 3, 'ab'],
  ['📰📰', 3, '📰'],
  ['📰', 1, ''],
  ['📰', 0, ''],
];

test('a text is cut to its length, never through a character', () => {
  for (const [text, longest, cut] of table) {
    const given = cutText(text, longest);
    assert.equal(given, cut, `${text} to ${longest}`);
    assert.ok(given.isWellFormed());
  }
});
