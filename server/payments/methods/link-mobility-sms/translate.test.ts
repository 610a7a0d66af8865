import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meaningOfReport } from './translate.ts';

const documented: [string, number[]][] = [
  ['secured', [1001, 1009]],
  ['pending', [1000, 1005, 1007, 1008, 1011, 1012, 1013]],
  ['expired', [1002]],
  ['unknown', [4, 5, 1010]],
  [
    'declined',
    [
      [0, 1, 2, 3, 6, 104, 105, 1003, 1004, 1006],
      [2000, 2001, 2002, 2003, 2100, 2101, 2102, 2103, 2104, 2105, 2106, 2107],
      [2200, 2201, 2202, 2203, 2204, 2205, 2206, 2207],
      [3000, 3001, 3002, 4000, 4001, 4002, 4003, 4004, 4005, 4006, 4007],
    ].flat(),
  ],
];

test('every documented code says what the document says about billing', () => {
  for (const [meaning, codes] of documented) {
    for (const code of codes) assert.equal(meaningOfReport(code).meaning, meaning, String(code));
  }
});

test('a code that is not documented never says that nothing was billed', () => {
  for (const code of [-1, 7, 103, 106, 999, 1014, 1999, 2004, 2108, 2208, 3003, 4008, 5000, 106_000]) {
    assert.deepEqual(meaningOfReport(code), { meaning: 'unknown', isUnresolvable: true }, String(code));
  }
});

test('a refusal that the buyer can do something about says so', () => {
  const reasons = [2201, 2202, 2203, 2207, 1002, 2205].map((code) => meaningOfReport(code).reason);
  assert.deepEqual(reasons, [
    'insufficient funds',
    'barred',
    'not eligible',
    'over the limit',
    'timed out',
    'declined',
  ]);
});
