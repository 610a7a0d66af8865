import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dateFormat, formatPercent, numberFormat } from './formats.ts';

const moment = new Date('2026-01-31T23:30:00Z');

test('a form is made once, and another language, zone or currency has its own', () => {
  const krone = { style: 'currency', currency: 'NOK' } as const;
  assert.equal(numberFormat('nb', krone), numberFormat('nb', { ...krone }));
  assert.notEqual(numberFormat('nb', krone), numberFormat('en', krone));
  assert.notEqual(numberFormat('nb', krone), numberFormat('nb', { ...krone, currency: 'SEK' }));
  const day = (timeZone: string) => dateFormat('en', { dateStyle: 'long', timeZone }).format(moment);
  assert.deepEqual([day('UTC'), day('Europe/Oslo')], ['31 January 2026', '1 February 2026']);
});

test('a share is written in the manner of the language', () => {
  assert.equal(formatPercent(1250, 'en'), '12.5%');
  assert.equal(formatPercent(2500, 'en'), '25%');
});
