import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Period } from '../port/payment-request.ts';
import { findLeastTerm, longerTerm } from './find-least-term.ts';

const read = (text: string): Period => {
  const [count, unit] = text.split(' ');
  return { unit: unit as Period['unit'], count: Number(count) };
};
const told = (period: Period | undefined) => period && `${period.count} ${period.unit}`;

const terms: [periods: number, first: string, later: string, term: string | undefined][] = [
  [1, '1 month', '1 month', '1 month'],
  [3, '1 month', '1 month', '3 month'],
  [12, '1 month', '1 month', '12 month'],
  [2, '6 month', '1 month', '7 month'],
  [2, '1 year', '1 year', '2 year'],
  [2, '1 year', '6 month', '18 month'],
  [7, '6 month', '1 year', '78 month'],
  [3, '2 week', '4 week', '10 week'],
  [3, '10 day', '1 week', '24 day'],
  [1, '1 week', '1 month', '1 week'],
  [2, '1 week', '1 month', undefined],
  [2, '1 year', '30 day', undefined],
];

for (const [periods, first, later, term] of terms) {
  test(`${periods} periods, the first of ${first}, then ${later}: ${term ?? 'no one length'}`, () => {
    assert.equal(told(findLeastTerm({ periods, first: read(first), later: read(later) })), term);
  });
}

const longer: [one: string | undefined, other: string | undefined, longest: string | undefined][] = [
  [undefined, undefined, undefined],
  ['3 month', undefined, '3 month'],
  [undefined, '3 month', '3 month'],
  ['3 month', '6 month', '6 month'],
  ['1 year', '6 month', '1 year'],
  ['11 month', '1 year', '1 year'],
  ['2 week', '10 day', '2 week'],
  ['1 month', '40 day', '1 month'],
];

for (const [one, other, longest] of longer) {
  test(`of ${one ?? 'none'} and ${other ?? 'none'} the longer is ${longest ?? 'none'}`, () => {
    const [first, second] = [one, other].map((text) => (text === undefined ? undefined : read(text)));
    assert.equal(told(longerTerm(first, second)), longest);
  });
}
