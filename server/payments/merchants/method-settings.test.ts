import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkMobilitySms } from '../methods/link-mobility-sms/method.ts';
import { describeBroken, findBrokenSettings } from './method-settings.ts';

const good = {
  baseUrl: 'https://wsx.sp247.net',
  username: 'u',
  password: 'p',
  platformId: 'A',
  platformPartnerId: '1',
  gateId: 'gate',
  gateToken: 't'.repeat(32),
  gateUsername: 'g',
  gatePassword: 'h',
  shortNumber: '2270',
  strexMerchantId: 'mer',
  productCategory: '25',
};

test('settings that can be used have nothing wrong', () => {
  assert.deepEqual(findBrokenSettings(linkMobilitySms, good), []);
});

test('what is made may be missing until it is made', () => {
  const { gateToken, ...rest } = good;
  assert.ok(gateToken);
  assert.deepEqual(findBrokenSettings(linkMobilitySms, rest), []);
});

const broken: [string, Record<string, string>, RegExp][] = [
  ['a missing one', { password: '' }, /^password is missing$/],
  ['one that is not declared', { pasword: 'x' }, /^pasword is not a setting$/],
  ['an address that is none', { baseUrl: 'wsx.sp247.net' }, /^baseUrl is not an http/],
  ['an address of another kind', { baseUrl: 'ftp://wsx.sp247.net' }, /^baseUrl is not an http/],
  ['an address that ends with a slash', { baseUrl: 'https://wsx.sp247.net/' }, /^baseUrl is not an http/],
  ['a number that is none', { shortNumber: 'news' }, /^shortNumber is not a whole number$/],
  ['a choice that is none', { productCategory: 'news' }, /^productCategory is none of 1, 2, /],
  ['a token that can be guessed', { gateToken: 'secret' }, /^gateToken is not 24 to 100/],
  ['a text with a space that nobody sees', { username: 'u ' }, /^username begins or ends with a space$/],
];

for (const [name, change, said] of broken) {
  test(`${name} is named, without its value`, () => {
    const faults = findBrokenSettings(linkMobilitySms, { ...good, ...change });
    assert.equal(faults.length, 1);
    const text = describeBroken(faults);
    assert.match(text, said);
    assert.doesNotMatch(text, /secret|ftp:|news/);
  });
}
