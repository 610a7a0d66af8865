import assert from 'node:assert/strict';
import { test } from 'node:test';
import { numberCountry } from './number-country.ts';
import { parsePhone } from './phone-number.ts';

const countries: [number: string, country: string | undefined][] = [
  ['+4790000001', 'NO'],
  ['+4759000000', 'NO'],
  ['+4779012345', 'NO'],
  ['+46701234567', 'SE'],
  ['+4520123456', 'DK'],
  ['+358401234567', 'FI'],
  ['+358184571234', 'AX'],
  ['+3546112345', 'IS'],
  ['+298211234', 'FO'],
  ['+299221234', 'GL'],
  ['+447400123456', 'GB'],
  ['+38344123456', 'XK'],
  ['+4915123456789', 'DE'],
  ['+870773111632', undefined],
  ['+881612345678', undefined],
  ['+88213300655', undefined],
  ['+883510000000', undefined],
  ['+979123456789', undefined],
];
for (const [number, country] of countries) {
  test(`${number} belongs to ${country ?? 'no country'}`, () => assert.equal(numberCountry(number), country));
}

/** Numbers that are valid and no mobiles: nobody is written to there, and they cost more. */
const noMobiles: [number: string, what: string][] = [
  ['+881612345678', 'satellite'],
  ['+870773111632', 'maritime satellite'],
  ['+88213300655', 'network beyond countries'],
  ['+883510000000', 'network beyond countries'],
  ['+979123456789', 'international premium rate'],
  ['+4782012345', 'premium rate'],
  ['+4781012345', 'shared cost'],
  ['+4788012345', 'personal'],
  ['+4780012345', 'toll free'],
  ['+4702345', 'for a company'],
  ['+4722123456', 'fixed line'],
  ['+447012345678', 'personal'],
  ['+447640123456', 'pager'],
  ['+46900123456', 'premium rate'],
  ['+4590123456', 'premium rate'],
  ['+35870012345', 'premium rate'],
];
for (const [number, what] of noMobiles) {
  test(`${number} (${what}) is no mobile`, () => assert.notEqual(parsePhone(number, 'NO')?.isMobile, true));
}
