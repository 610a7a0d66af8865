import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decideCarriedText } from './carry-consent-text.ts';

const texts = [{ consentCode: 'NEWS', version: 1, text: 'Yes?' }];

test('a version of a text has the words that it had', () => {
  const decide = (version: number, text: string) =>
    decideCarriedText({ consentCode: 'NEWS', version, text, madeAt: undefined }, texts);
  assert.deepEqual([decide(1, 'Yes?'), decide(1, 'No?'), decide(3, 'No?')], ['keep', 'other words', 'add']);
});
