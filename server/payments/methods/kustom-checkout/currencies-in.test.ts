import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takesCurrency } from '../../merchants/find-method.ts';
import { kustomCheckout } from './method.ts';

const cases: [country: string, currency: string, isTaken: boolean][] = [
  ['NO', 'NOK', true],
  ['NO', 'SEK', false],
  ['NO', 'EUR', false],
  ['SE', 'SEK', true],
  ['SE', 'NOK', false],
  ['FI', 'EUR', true],
  ['FI', 'SEK', false],
  // Not on the list: what Kustom says of it is told.
  ['IS', 'ISK', true],
];

for (const [country, currency, isTaken] of cases) {
  test(`${currency} in ${country}: ${isTaken ? 'taken' : 'not taken'}`, () => {
    assert.equal(takesCurrency({ method: kustomCheckout, country }, currency), isTaken);
  });
}
