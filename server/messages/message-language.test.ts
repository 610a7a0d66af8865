import assert from 'node:assert/strict';
import { test } from 'node:test';
import { messageLanguage } from './message-language.ts';

type Given = string | undefined;
const cases: [language: Given, country: Given, publisher: string, expected: string][] = [
  [undefined, undefined, 'nb', 'nb'],
  [undefined, undefined, 'sv', 'sv'],
  ['sv', undefined, 'nb', 'sv'],
  ['sv-FI', 'FI', 'nb', 'sv'],
  ['en_US', 'NO', 'nb', 'en'],
  ['EN', 'SE', 'sv', 'en'],
  ['de', 'SE', 'nb', 'sv'],
  ['de', undefined, 'nb', 'nb'],
  ['', 'DK', 'nb', 'da'],
  [undefined, 'SE', 'nb', 'sv'],
  [undefined, 'se', 'nb', 'sv'],
  [undefined, 'AX', 'fi', 'sv'],
  [undefined, 'GL', 'nb', 'da'],
  [undefined, 'FI', 'sv', 'fi'],
  [undefined, 'GB', 'nb', 'en'],
  [undefined, 'DE', 'nb', 'nb'],
  [undefined, 'IS', 'da', 'da'],
  [undefined, 'NO', 'sv', 'nb'],
  [undefined, 'NO', 'nn', 'nn'],
  ['no', 'NO', 'nn', 'nn'],
  ['nb', 'NO', 'nn', 'nb'],
  ['nn', 'NO', 'nb', 'nn'],
];

for (const [language, country, publisher, expected] of cases) {
  test(`${language ?? 'no language'}, ${country ?? 'no country'}, at a publisher of ${publisher}: ${expected}`, () => {
    assert.equal(messageLanguage({ language, country }, publisher), expected);
  });
}
