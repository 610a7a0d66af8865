import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstAndMore, firstAndMoreWithin } from './first-and-more.ts';

const cases: [language: string, more: number, text: string][] = [
  ['en', 0, 'Guide'],
  ['en', 1, 'Guide and 1 more'],
  ['en-GB', 2, 'Guide and 2 more'],
  ['nb', 2, 'Guide og 2 til'],
  ['no', 2, 'Guide og 2 til'],
  ['nn-NO', 2, 'Guide og 2 til'],
  ['sv', 2, 'Guide och 2 till'],
  ['da', 2, 'Guide og 2 mere'],
  ['fi', 1, 'Guide ja 1 muuta'],
  ['fi', 99, 'Guide ja 99 muuta'],
  ['de', 2, 'Guide and 2 more'],
];

for (const [language, more, text] of cases) {
  test(`a guide and ${more} more in ${language}: ${text}`, () => {
    assert.equal(firstAndMore({ first: 'Guide', more }, language), text);
  });
}

const fitted: [first: string, more: number, longest: number, text: string][] = [
  ['The guide', 0, 9, 'The guide'],
  ['The guide', 0, 8, 'The guid'],
  ['The guide', 2, 40, 'The guide and 2 more'],
  ['The guide', 2, 20, 'The guide and 2 more'],
  ['The guide', 2, 19, 'The guid and 2 more'],
  ['The guide', 2, 15, 'The and 2 more'],
  ['The guide', 99, 19, 'The gui and 99 more'],
  ['🦌🦌🦌', 1, 16, '🦌🦌 and 1 more'],
];

for (const [first, more, longest, text] of fitted) {
  test(`${first} and ${more} more in ${longest} letters: ${text}`, () => {
    assert.equal(firstAndMoreWithin({ first, more }, 'en', longest), text);
  });
}
