import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readEmailAddress } from './email-address.ts';

test('a domain that ends in what a keyboard left behind is no domain', () => {
  for (const tail of ['\u00b7', '\u02bc', '\u02b9', '\u30fb', '\u30fc', '\u00aa', '\u00ba', '\u05b0']) {
    assert.equal(readEmailAddress(`kari@example.com${tail}`).ok, false, tail);
  }
  assert.equal(readEmailAddress('kari@exam\u00b7ple.com').ok, false);
  assert.equal(readEmailAddress('kari@bokm\u00e5l.no').ok, true);
});
