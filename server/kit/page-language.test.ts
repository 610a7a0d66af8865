import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageLanguage } from './page-language.ts';

const cases: [accept: string | undefined, publisher: string, language: string][] = [
  [undefined, 'nb', 'nb'],
  ['', 'sv', 'sv'],
  ['en-US,en;q=0.9', 'nb', 'en'],
  ['en-US,en;q=0.9,nb;q=0.1', 'nb', 'nb'],
  ['no', 'nn', 'nn'],
  ['de-DE,de', 'nb', 'nb'],
  ['de,sv;q=0.5,en;q=0.7', 'nb', 'en'],
  ['nb;q=0,sv', 'nb', 'sv'],
  ['*', 'sv', 'sv'],
  ['en', 'da', 'en'],
  ['da-DK,en;q=0.5', 'nb', 'da'],
  ['nn-NO,nb;q=0.9', 'nb', 'nb'],
  ['nn-NO,en;q=0.9', 'nb', 'nn'],
  ['fi', 'sv', 'fi'],
];

for (const [accept, publisher, language] of cases) {
  test(`a browser that accepts ${accept ?? 'anything'} meets ${language} at a publisher of ${publisher}`, () => {
    assert.equal(pageLanguage(accept, publisher), language);
  });
}
