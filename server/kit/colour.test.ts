import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contrastOf, type Ink, inkOn } from './colour.ts';

// Figures of the W3C's own examples (understanding 1.4.3) and of the extremes.
const contrasts: [one: string, other: string, contrast: string][] = [
  ['#000000', '#ffffff', '21.00'],
  ['#ffffff', '#ffffff', '1.00'],
  ['#777777', '#ffffff', '4.48'],
  ['#ffffff', '#767676', '4.54'],
];

for (const [one, other, contrast] of contrasts) {
  test(`the contrast of ${one} and ${other} is ${contrast}`, () => {
    assert.equal(contrastOf(one, other).toFixed(2), contrast);
    assert.equal(contrastOf(other, one).toFixed(2), contrast, 'either way');
  });
}

const readable: [colour: string, ink: Ink | undefined][] = [
  ['#ffffff', '#161512'],
  ['#000000', '#ffffff'],
  ['#12594f', '#ffffff'],
  ['#ff5b24', '#161512'],
  ['#ffd500', '#161512'],
  ['#767676', '#ffffff'],
  ['#777777', undefined],
  ['#7d7d7d', undefined],
  ['#7f7f7f', '#161512'],
  ['#e3000f', '#ffffff'],
];

for (const [colour, ink] of readable) {
  test(`${ink ?? 'no ink'} is read on ${colour}`, () => assert.equal(inkOn(colour), ink));
}
