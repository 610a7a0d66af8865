import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takeParts } from './capture-payment.ts';

const cases: [string, number[], number, string][] = [
  ['all', [60, 40], 100, '1: 60, 2: 40'],
  ['more than there is', [60, 40], 200, '1: 60, 2: 40'],
  ['the last in part', [60, 40], 70, '1: 60, 2: 10'],
  ['the first alone', [60, 40], 60, '1: 60'],
  ['a part of the first', [60, 40], 1, '1: 1'],
  ['none', [60, 40], 0, ''],
  ['none of nothing', [0, 40], 40, '2: 40'],
];

for (const [name, amounts, limit, expected] of cases) {
  test(`lines as far as a limit goes: ${name}`, () => {
    const parts = amounts.map((amountMinor, index) => ({ lineNumber: index + 1, amountMinor }));
    const taken = takeParts(parts, limit).map(
      ({ lineNumber, amountMinor }) => `${lineNumber}: ${amountMinor}`,
    );
    assert.equal(taken.join(', '), expected);
  });
}
