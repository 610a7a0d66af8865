import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mayTryAgain, type Tries } from './may-try-again.ts';

const once: Tries = { flow: 'browser', isInTime: true, isCancelAsked: false, isOfGuests: false, tries: 1 };

const cases: [string, Tries, boolean][] = [
  ['once', once, true],
  ['nine times', { ...once, tries: 9 }, true],
  ['ten times', { ...once, tries: 10 }, false],
  ['ten times by guests alone', { ...once, tries: 10, isOfGuests: true }, true],
  ['and asked to cancel', { ...once, isCancelAsked: true }, false],
  ['as a guest, and the site asked to cancel', { ...once, isOfGuests: true, isCancelAsked: true }, false],
  ['until the window ended', { ...once, isInTime: false }, false],
  ['as a guest, until the window ended', { ...once, isOfGuests: true, isInTime: false }, false],
  ['with nobody at a screen', { ...once, flow: 'direct' }, false],
  ['as a guest, with nobody at a screen', { ...once, isOfGuests: true, flow: 'direct' }, false],
];

for (const [name, tries, expected] of cases) {
  test(`a buyer who tried ${name} ${expected ? 'may try again' : 'may not try again'}`, () => {
    assert.equal(mayTryAgain(tries), expected);
  });
}
