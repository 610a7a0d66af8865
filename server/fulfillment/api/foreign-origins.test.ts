import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foreignOrigins } from './foreign-origins.ts';

const ours = 'https://pay.ours.example';
const table: [source: string, kept: string | undefined, publicUrl?: string][] = [
  ['https://pay.ours.example', undefined],
  ['https://PAY.ours.Example', undefined],
  ['HTTPS://pay.ours.example', undefined],
  ['https://pay.ours.example:443', undefined],
  ['https://pay.ours.example.', undefined],
  ['https://pay.ours.example/path', undefined],
  ['http://pay.ours.example', undefined],
  ['http://pay.ours.example:443', undefined],
  ['https://*.ours.example', undefined],
  ['https://*.OURS.example:443', undefined],
  ['https://*.ours.example:8443', undefined],
  ['https://*.example', undefined],
  ['https://*', undefined],
  ['https://PAY.ours.example', undefined, 'https://Pay.Ours.Example:443/'],
  ['http://0x7f.1:8080', undefined, 'http://127.0.0.1:8080'],
  ['https:', undefined],
  ['*', undefined],
  ["'self'", undefined],
  ['wss://pay.ours.example', undefined],
  ['data:', undefined],
  ['https://*.pay.ours.example', 'https://*.pay.ours.example'],
  ['https://*.hours.example', 'https://*.hours.example'],
  ['https://ours.example', 'https://ours.example'],
  ['https://pay.ours.example:8443', 'https://pay.ours.example:8443'],
  ['http://127.0.0.1:81', 'http://127.0.0.1:81', 'http://127.0.0.1:8080'],
  ['https://*.KUSTOM.co:443', 'https://*.kustom.co'],
  ['https://[2001:DB8::1]', 'https://[2001:db8::1]'],
];

for (const [source, kept, publicUrl = ours] of table) {
  test(`a snippet at ${publicUrl} ${kept ? 'may' : 'may not'} use ${source}`, () => {
    assert.deepEqual(foreignOrigins([source, source], publicUrl), kept ? [kept] : []);
  });
}
