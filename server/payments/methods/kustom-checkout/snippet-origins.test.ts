import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertLinear } from '../../../testing/growth.ts';
import { originsOf } from './snippet-origins.ts';

const settings = { baseUrl: 'https://pay.example/kustom' };

const table: [says: string, html: string, origins: string[]][] = [
  ['an address in a script', `x='https://js.example/a.js?b'`, ['https://js.example']],
  ['another port', `<img src="http://127.0.0.1:81/a">`, ['http://127.0.0.1:81']],
  ['what could end a directive', `'https://a.example;script-src' "https://b,c/"`, []],
  ['the same again', `'https://a.example/1' 'https://a.example/2'`, ['https://a.example']],
  ['what is no address', `'https://' "http:/x"`, []],
];

for (const [says, html, origins] of table) {
  test(`a snippet with ${says}`, () => {
    assert.deepEqual(originsOf(settings, html), ['https://pay.example', ...origins]);
  });
}

test('a merchant may name more, and hosts of Kustom bring their own', () => {
  const kustom = {
    baseUrl: 'https://api.kustom.co',
    snippetOrigins: 'https://*.more.example ftp://x http://y;z',
  };
  const origins = originsOf(kustom, '');
  assert.ok(origins.includes('https://*.kustom.co') && origins.includes('https://*.more.example'));
  assert.ok(origins.every((origin) => origin.startsWith('https://') && !origin.includes(';')));
  assert.deepEqual(originsOf({ baseUrl: 'https://notkustom.co' }, ''), ['https://notkustom.co']);
});

test('what a merchant names is written as a browser writes an origin', () => {
  const snippetOrigins =
    'https://PAY.more.example HTTPS://x https://pay.more.example:443 https://*.More.example:443';
  const more = ['https://pay.more.example', 'https://*.more.example'];
  assert.deepEqual(originsOf({ ...settings, snippetOrigins }, ''), ['https://pay.example', ...more]);
});

for (const piece of ['"http://', "'https://a", '"', 'http://a']) {
  test(`looking for origins in ${JSON.stringify(piece)} again and again grows with its length`, () => {
    assertLinear(
      (length) => piece.repeat(length / piece.length),
      (html) => originsOf(settings, html),
    );
  });
}
