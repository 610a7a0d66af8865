import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asciiEmail, readEmailAddress } from './email-address.ts';

test('a domain that ends in what a keyboard left behind is no domain', () => {
  for (const tail of ['\u00b7', '\u02bc', '\u02b9', '\u30fb', '\u30fc', '\u00aa', '\u00ba', '\u05b0']) {
    assert.equal(readEmailAddress(`kari@example.com${tail}`).ok, false, tail);
  }
  assert.equal(readEmailAddress('kari@exam\u00b7ple.com').ok, false);
  assert.equal(readEmailAddress('kari@bokm\u00e5l.no').ok, true);
});

const written: [address: string | undefined, ascii: string | undefined][] = [
  ['kari@example.com', 'kari@example.com'],
  ['Kari.Nordmann+avis@example.com', 'Kari.Nordmann+avis@example.com'],
  ['kari@bokm\u00e5l.no', 'kari@xn--bokml-pra.no'],
  ['k\u00e5re@example.com', undefined],
  ['\u043a\u0430\u0440\u0438@example.com', undefined],
  ['kari@localhost', undefined],
  ['kari', undefined],
  ['', undefined],
  [undefined, undefined],
];

test('an address is written in ASCII, or not at all', () => {
  for (const [address, ascii] of written) assert.equal(asciiEmail(address), ascii, String(address));
});
