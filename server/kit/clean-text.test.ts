import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cleanCode, cleanText, digitsOf, foldTyped, isBlank } from './clean-text.ts';

test('a name is trimmed, freed of what nobody sees, and composed', () => {
  const cases = [
    ['  Kari ', 'Kari'],
    ['\u00a0Kari\u202f', 'Kari'],
    ['\ufeffKari\u200b', 'Kari'],
    ['\u202aKari\u202c', 'Kari'],
    ['\u2066Kari\u2069', 'Kari'],
    ['Nord\u00admann', 'Nordmann'],
    ['Nord\u2060mann\u0007', 'Nordmann'],
    ['Anne\u00a0Marie', 'Anne Marie'],
    ['Anne\tMarie\n', 'Anne Marie'],
    ['A\u030ase', 'Åse'],
    ['\u3164\u115f\u2800', ''],
    ['Anne-Marie', 'Anne-Marie'],
    ["O'Neil", "O'Neil"],
    // Persian is written with a non-joiner, Malayalam and families of emoji with a joiner.
    ['علی\u200cرضا', 'علی\u200cرضا'],
    ['ന\u0d4d\u200dആ', 'ന\u0d4d\u200dആ'],
    ['👩\u200d🌾', '👩\u200d🌾'],
    ['❤\ufe0f', '❤\ufe0f'],
    ['Ka\u200dri\u200c', 'Kari'],
    ['\u200dعلی\u200c', 'علی'],
  ] as const;
  for (const [given, meant] of cases) assert.equal(cleanText(given), meant, JSON.stringify(given));
});

test('an identifier keeps its case and loses everything invisible', () => {
  const cases = [
    ['TX1 ', 'TX1'],
    ['TX1\n', 'TX1'],
    ['\tTX1\r\n', 'TX1'],
    ['T\u200bX\u200d1\ufeff', 'TX1'],
    ['TX\u00a01', 'TX 1'],
    ['tX1', 'tX1'],
    ['A\u030a1', 'Å1'],
    ['a\u0000b', 'ab'],
    ['علی\u200cرضا', 'علیرضا'],
    ['\u2000\u2001\u3000', ''],
  ] as const;
  for (const [given, meant] of cases) assert.equal(cleanCode(given), meant, JSON.stringify(given));
});

test('what is typed folds to plain ASCII where it has a twin', () => {
  const cases = [
    ['＋４７９０００００01', '+4790000001'],
    ['+47\u2011900\u201000\u2212001', '+47-900-00-001'],
    ['+47\u202f900\u200700\u00a0001', '+47 900 00 001'],
    ['٩٠٠٠٠٠٠١', '90000001'],
    ['۹۰۰۰۰۰۰۱', '90000001'],
    ['९००००००१', '90000001'],
    ['\u{1d7d9}\u{1d7ec}\u{1d7f6}\u{1d7ff}', '1009'],
    ['kari＠example．com', 'kari@example.com'],
    ['（+47）', '(+47)'],
    ['Åse', 'Åse'],
  ] as const;
  for (const [given, meant] of cases) assert.equal(foldTyped(given), meant, JSON.stringify(given));
});

test('a code is its digits, whatever stands between', () => {
  const cases = [
    '123456',
    ' 123 456 ',
    '123\u00a0456',
    '123-456',
    '１２３４５６',
    'Code: 123456.',
    '1 2 3 4 5 6',
  ];
  for (const given of cases) assert.equal(digitsOf(given), '123456', JSON.stringify(given));
  assert.equal(digitsOf('no digits'), '');
});

test('blank is what nobody sees anything of', () => {
  for (const given of ['', ' ', '\u200b', '\u00a0\ufeff', '\u3164']) assert.equal(isBlank(given), true);
  for (const given of ['-', '.', 'x', '0']) assert.equal(isBlank(given), false);
});
