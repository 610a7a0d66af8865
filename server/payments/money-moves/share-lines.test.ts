import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LineMoney } from '../lines/find-line-money.ts';
import { shareLines, uncapturedOf } from './share-lines.ts';

/** A line's amount, what was taken of it, and what was given back. */
type Line = [number, number, number];
const linesOf = (lines: readonly Line[]): LineMoney[] =>
  lines.map(([amount, captured, givenBack], index) => ({
    ...{ line_number: index + 1, amount, captured, planned: 0, planned_for: null },
    given_back: givenBack,
  }));

/** Amounts by line number, such as `1: 60`. */
const wishedOf = (requested: Record<number, number>) =>
  Object.entries(requested).map(([lineNumber, amountMinor]) => ({
    ...{ lineNumber: Number(lineNumber), amountMinor, isWhole: false },
  }));

const untaken: [string, Line[], Record<number, number>, number][] = [
  ['nothing was taken', [[60, 0, 0]], { 1: 60 }, 60],
  ['all was taken', [[60, 60, 0]], { 1: 60 }, 0],
  ['some was taken', [[60, 20, 0]], { 1: 60 }, 40],
  ['some was taken, and less is asked back', [[60, 20, 0]], { 1: 30 }, 30],
  ['some went back before', [[60, 0, 25]], { 1: 60 }, 35],
  ['more moved than the line is', [[60, 50, 20]], { 1: 60 }, 0],
  [
    'two lines',
    [
      [60, 0, 0],
      [40, 10, 0],
    ],
    { 1: 60, 2: 40 },
    90,
  ],
  [
    'only lines that are asked back count',
    [
      [60, 0, 0],
      [40, 0, 0],
    ],
    { 2: 40 },
    40,
  ],
  ['a line that is not there', [[60, 0, 0]], { 9: 60 }, 0],
];

for (const [name, lines, requested, expected] of untaken) {
  test(`what lines have not had taken: ${name}`, () => {
    assert.equal(uncapturedOf(wishedOf(requested), linesOf(lines)), expected);
  });
}

const both: Line[] = [
  [60, 60, 0],
  [40, 0, 0],
];
const shares: [string, Line[], Record<number, number>, number, string, string][] = [
  ['all refunded', both, { 1: 60, 2: 40 }, 0, '', '2: 40, 1: 60'],
  ['all released', both, { 1: 60, 2: 40 }, 100, '2: 40, 1: 60', ''],
  ['what was not taken is released', both, { 1: 60, 2: 40 }, 40, '2: 40', '1: 60'],
  ['a line in two', both, { 1: 60, 2: 40 }, 50, '2: 40, 1: 10', '1: 50'],
  ['less than the first line', both, { 1: 60, 2: 40 }, 30, '2: 30', '2: 10, 1: 60'],
];

for (const [name, lines, requested, releaseMinor, released, refunded] of shares) {
  test(`lines that go back: ${name}`, () => {
    const parts = shareLines(wishedOf(requested), linesOf(lines), releaseMinor);
    const shown = (list: typeof parts.released) =>
      list.map(({ lineNumber, amountMinor }) => `${lineNumber}: ${amountMinor}`).join(', ');
    assert.deepEqual([shown(parts.released), shown(parts.refunded)], [released, refunded]);
  });
}
