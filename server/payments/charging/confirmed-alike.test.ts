import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmedAlike } from './confirmed-alike.ts';

const words = { textSha256: 'aa', earlyStart: false };
type Words = typeof words | undefined;

const cases: [what: string, before: Words, now: Words, isAlike: boolean][] = [
  ['the same words', words, words, true],
  ['other words', words, { ...words, textSha256: 'bb' }, false],
  ['a wish to begin at once', words, { ...words, earlyStart: true }, false],
  ['no such wish any more', { ...words, earlyStart: true }, words, false],
  ['words where none were shown before', undefined, words, false],
  ['coming again', words, undefined, true],
  ['coming again to what was ordered on the site', undefined, undefined, true],
];

for (const [what, confirmed, now, isAlike] of cases) {
  test(`${what} ${isAlike ? 'goes on with' : 'ends'} the session`, () => {
    assert.equal(confirmedAlike({ confirmed }, now), isAlike);
  });
}
