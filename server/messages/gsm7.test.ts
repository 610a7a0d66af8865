import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { gsm7Length, segmentCount, shortenGsm7, toGsm7 } from './gsm7.ts';

test('characters of the extension table count two septets, others one', () => {
  assert.equal(gsm7Length('Blåbærsyltetøy'), 14);
  assert.equal(gsm7Length('10 €'), 5);
  assert.equal(gsm7Length('[{~}]'), 10);
  assert.equal(gsm7Length('’'), undefined);
  assert.equal(gsm7Length('ç'), undefined, 'only the capital is in the table');
});

test('segments: 160 in one, 153 in each part, and no character over two parts', () => {
  const cases: [string, number][] = [
    ['', 1],
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['a'.repeat(306), 2],
    ['a'.repeat(307), 3],
    ['€'.repeat(80), 1],
    [`${'a'.repeat(152)}€${'a'.repeat(152)}`, 3],
    ['я'.repeat(70), 1],
    ['я'.repeat(71), 2],
    ['🐇'.repeat(35), 1],
    ['🐇'.repeat(67), 3],
  ];
  for (const [text, segments] of cases) assert.equal(segmentCount(text), segments, text);
});

test('common characters outside GSM-7 become their nearest', () => {
  const cases: [string, string][] = [
    ['’Nå’ – “klart” …', `'Nå' - "klart" ...`],
    ['43\u00a0200\u202fkr', '43 200 kr'],
    ['a\u030angstrøm', 'ångstrøm'],
    ['Łódź, Çeşme, ﬁn™', 'Lodz, Çesme, finTM'],
    ['Bánnasat Áššu Sámi', 'Bannasat Assu Sami'],
    ['🐇 Hare', ' Hare'],
    ['½ pris', '1/2 pris'],
  ];
  for (const [text, expected] of cases) assert.equal(toGsm7(text), expected);
});

test('whatever comes in, toGsm7 gives GSM-7 and changes nothing twice', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const once = toGsm7(text);
      assert.notEqual(gsm7Length(once), undefined);
      assert.equal(toGsm7(once), once);
    }),
  );
});

test('a shortened text keeps within its septets and starts as the whole', () => {
  assert.equal(shortenGsm7('Adresseavisen Pluss', 13), 'Adresseavi...');
  assert.equal(shortenGsm7('Adresseavisen', 13), 'Adresseavisen');
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }).map(toGsm7), fc.nat({ max: 60 }), (text, septets) => {
      const short = shortenGsm7(text, septets);
      assert.ok((gsm7Length(short) ?? Infinity) <= septets);
      assert.ok(text.startsWith(short.replace(/\.\.\.$/, '').trimEnd()));
    }),
  );
});
