import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutCopied } from './copied-address.ts';

const token = '/l/AbC-_def0123456789AbCd';
const prefixes = ['/l/', '/user/fulfillment/'];

test('what was copied with an address is no part of it', () => {
  const behind = [
    '.',
    ')',
    '>',
    ',',
    ';',
    '!',
    '"',
    "'",
    ']',
    '/',
    './',
    '...',
    ').',
    '>.',
    '%20',
    '%3E',
    '%22',
  ];
  const more = [
    '%29.',
    '%2C',
    '&gt;',
    '&quot;',
    '&utm_source=x',
    '&fbclid=1',
    '%3Futm_source=x',
    '%C2%A0',
    '%',
  ];
  const sentences = ['%20og%20mer', '%E2%80%9D', '%3C/a%3E', '%0A', '%0D%0A', '\\', '*', '|', '%2', '//'];
  const others = [
    '%2E',
    '%60',
    '%7C',
    '%5C',
    '%EF%BB%BF',
    '%E3%80%82',
    '%253E',
    '=',
    '+',
    '~',
    '$',
    '^',
    '@',
    '.Hei',
  ];
  for (const text of [...behind, ...more, ...sentences, ...others]) {
    assert.equal(withoutCopied(token + text, prefixes), token, text);
  }
});

test('what belongs to an address stays', () => {
  const addresses = [
    token,
    `${token}/resend`,
    `${token}/give-up`,
    `${token}?utm_source=a&fbclid=b.`,
    '/user/fulfillment/2a-AbC_0123456789-x?returnUrl=https%3A%2F%2Fa.example%2F',
    '/user/fulfillment/back/abc-DEF_0123',
    '/user/assets/style.css?v=1',
    '/capi/v1/client/coupon/A%20B.',
    '/l/',
    '/l/.',
  ];
  for (const address of addresses) assert.equal(withoutCopied(address, prefixes), address);
  assert.equal(withoutCopied(`${token}.?a=1`, prefixes), `${token}?a=1`);
});
