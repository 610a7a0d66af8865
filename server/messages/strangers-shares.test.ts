import assert from 'node:assert/strict';
import { test } from 'node:test';
import { strangersSharesOf, usedUpShare } from './strangers-shares.ts';

const cases: [what: string, number: string, home: string, strangersSms: number, shares: string[]][] = [
  ['a number at home', '+4791234567', 'NO', 1000, ['+479123 1 h 20', '+479123 24 h 50', '+4791 24 h 400']],
  [
    'one abroad',
    '+46701234567',
    'NO',
    1000,
    ['+4670123 1 h 20', '+4670123 24 h 50', '+46701 24 h 400', '+46 24 h 250'],
  ],
  [
    'one of a part of the country',
    '+4791234567',
    'SJ',
    1000,
    ['+479123 1 h 20', '+479123 24 h 50', '+4791 24 h 400'],
  ],
  ['a short one', '+298211234', 'FO', 1000, ['+29821 1 h 20', '+29821 24 h 50']],
  [
    'where strangers have few',
    '+46701234567',
    'NO',
    30,
    ['+4670123 1 h 20', '+4670123 24 h 20', '+46701 24 h 20', '+46 24 h 20'],
  ],
];
for (const [what, number, home, strangersSms, expected] of cases) {
  test(`what strangers may send to ${what}`, () => {
    const shares = strangersSharesOf(number, home, strangersSms);
    assert.deepEqual(
      shares.map(({ prefix, withinHours, most }) => `${prefix} ${withinHours} h ${most}`),
      expected,
    );
  });
}

test('no row of numbers, nor a country abroad, takes half of what strangers may have', () => {
  for (const number of ['+4791234567', '+46701234567', '+35844123456']) {
    for (const { most } of strangersSharesOf(number, 'NO', 1000)) assert.ok(most < 500);
  }
});

const shares = strangersSharesOf('+46701234567', 'NO', 1000);
const used: [sent: number[], prefix: string | undefined][] = [
  [[0, 0, 0, 0], undefined],
  [[19, 49, 399, 249], undefined],
  [[20, 20, 20, 20], '+4670123'],
  [[0, 50, 50, 50], '+4670123'],
  [[0, 0, 400, 0], '+46701'],
  [[0, 0, 0, 250], '+46'],
  [[], undefined],
];
for (const [sent, prefix] of used) {
  test(`after ${sent.join(', ') || 'none'} the share of ${prefix ?? 'nobody'} is used up`, () => {
    assert.equal(usedUpShare(shares, sent)?.prefix, prefix);
  });
}
