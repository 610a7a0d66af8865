import { test } from 'node:test';
import { linkedText } from '@leveret/sandbox/phone/linked-text.js';
import { createAddressGuard } from '@leveret/server/kit/address-guard.js';
import { cleanText, foldTyped } from '@leveret/server/kit/clean-text.js';
import { parseCredential, parseEmail } from '@leveret/server/kit/credential.js';
import { parseJson } from '@leveret/server/kit/http/parse-json.js';
import { parsePhone } from '@leveret/server/kit/phone-number.js';
import { readDate } from '@leveret/server/kit/read-date.js';
import { matchReturnUrl } from '@leveret/server/kit/return-url.js';
import { withoutEnd } from '@leveret/server/kit/without-end.js';
import { assertLinear } from '@leveret/server/testing/growth.js';

/** What is repeated, and what stands after it so that a pattern which nearly fits has to try again. */
const pieces = [
  'a',
  '0',
  '.',
  '.0',
  '/',
  '-',
  ' ',
  '"',
  '<',
  ':',
  ';',
  ',',
  '+',
  '@',
  '[',
  '&=',

  '\u200b',
  'é',
];
const ends = ['', '!'];

const guard = createAddressGuard({ allowLoopback: false, blockedCidrs: [] });
const list = [{ url: 'https://a.example/', match: 'origin' }] as const;
const orNothing = (read: (text: string) => unknown) => (text: string) => {
  try {
    return read(text);
  } catch {
    return undefined;
  }
};

/** Every reader of a text that others choose the length of, before anything has cut it. */
const readers: [name: string, read: (text: string) => unknown][] = [
  ['a credential', (text) => parseCredential(text, 'NO')],
  ['an e-mail address', (text) => parseEmail(`a@${text}`)],
  ['a phone number', (text) => parsePhone(`+47${text}`, 'NO')],
  ['a name', cleanText],
  ['what is typed', foldTyped],
  ['a date', (text) => readDate(`2026-03-01${text}`, { kind: 'start', timeZone: 'UTC', now: new Date(0) })],
  ['a number in JSON', orNothing((text) => parseJson(`[1.${text}]`))],
  ['a return address', (text) => matchReturnUrl(`https://a.example/${text}`, list)],
  ['a callback address', (text) => guard.checkUrl(`https://${text}`, { allowHttp: false })],
  ['a name with dots at its end', (text) => withoutEnd(text, '.')],
  ['a message on the phone', (text) => linkedText(`https://${text}`)],
];

for (const [name, read] of readers) {
  test(`reading ${name} grows with its length, whatever stands in it`, () => {
    for (const piece of pieces) {
      for (const end of ends) {
        assertLinear((length) => piece.repeat(length / piece.length) + end, read);
      }
    }
  });
}
