import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseCredential } from './credential.ts';
import { emailOnTheWire } from './email-address.ts';

test('one reader, however the credential is spelled', () => {
  const readers: [string, string[]][] = [
    [
      '+4790000001',
      ['90000001', '(+47) 900 00 001', 'tel:90000001', '004790000001', '９００ ００ ００１', "'90000001"],
    ],
    [
      'kari@example.com',
      ['KARI@example.com', 'Kari <kari@example.com>;', 'mailto:kari@example.com', 'kari@EXAMPLE．com'],
    ],
    [
      'kari@bokmål.no',
      ['kari@xn--bokml-pra.no', 'kari@BOKMÅL.NO', 'kari@bokma\u030al.no', 'Kari@XN--BOKML-PRA.no'],
    ],
    ['kari@пример.рф', ['kari@xn--e1afmkfd.xn--p1ai', 'kari@ПРИМЕР.РФ']],
  ];
  for (const [compared, spellings] of readers) {
    for (const text of [compared, ...spellings]) {
      assert.equal(parseCredential(text, 'NO')?.compared, compared, text);
    }
  }
});

test('readers who differ', () => {
  const pairs = [
    ['kari@strasse.de', 'kari@straße.de'],
    ['kari.n@example.com', 'karin@example.com'],
    ['kari+a@example.com', 'kari@example.com'],
    ['+4790000001', '+4790000002'],
  ] as const;
  for (const [one, other] of pairs) {
    assert.notEqual(parseCredential(one, 'NO')?.compared, parseCredential(other, 'NO')?.compared, one);
  }
});

test('what nobody can be reached by is no credential', () => {
  for (const text of [
    '+881612345678',
    '+870773111632',
    '+4782012345',
    '22000000',
    'kari',
    'a@x.no,b@x.no',
    '',
  ]) {
    assert.equal(parseCredential(text, 'NO'), undefined, text);
  }
});

test('a national number is read by the first country where it is valid', () => {
  const cases = [
    ['070-123 45 67', ['SE', 'NO'], '+46701234567'],
    ['900 00 001', ['NO', 'SE'], '+4790000001'],
    ['070-123 45 67', ['NO'], undefined],
  ] as const;
  for (const [text, countries, shown] of cases) {
    assert.equal(parseCredential(text, ...countries)?.shown, shown, text);
  }
});

test('a domain of another script goes over the wire in punycode', () => {
  assert.equal(emailOnTheWire('kari@bokmål.no'), 'kari@xn--bokml-pra.no');
  assert.equal(emailOnTheWire('Kari@example.com'), 'Kari@example.com');
});
