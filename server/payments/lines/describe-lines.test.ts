import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listAdapters } from '../merchants/find-method.ts';
import { describeLines } from './describe-lines.ts';

const guide = { name: 'The guide' };
const long = { name: 'A name that is longer than any provider shows of what a payment is for' };

const cases: [lines: { name: string }[], language: string, text: string][] = [
  [[guide], 'nb', 'The guide'],
  [[guide, long, long], 'nb', 'The guide og 2 til'],
  [[long], 'en', 'A name that is longer than any provider shows of w'],
  [[long, guide], 'en', 'A name that is longer than any provider and 1 more'],
  [[], 'en', 'payment'],
];

for (const [lines, language, text] of cases) {
  test(`${lines.length} lines are told in ${language} as ${text}`, () => {
    assert.equal(describeLines(lines, language), text);
  });
}

for (const method of listAdapters()) {
  test(`all that is bought is told within what ${method.name} shows`, () => {
    const told = describeLines([long, guide, guide], 'en', method);
    assert.ok(told.endsWith(' and 2 more'), told);
    assert.ok(told.length <= (method.longestDescription ?? 50), told);
  });
}
