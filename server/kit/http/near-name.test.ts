import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isMisspelt, nearestName } from './near-name.ts';

const known = [
  { name: 'externalOrderId' },
  { name: 'state' },
  { name: 'credential', alsoCalled: ['email', 'phone'] },
  { name: 'cursor' },
  { name: 'limit' },
];

/** What was written, and what was meant. */
const nearest: [string, string | undefined][] = [
  ['externalorderid', 'externalOrderId'],
  ['external_order_id', 'externalOrderId'],
  ['orderId', 'externalOrderId'],
  ['stat', 'state'],
  ['tsate', 'state'],
  ['Email', 'credential'],
  ['credentials', 'credential'],
  ['limits', 'limit'],
  ['vat', undefined],
  ['', undefined],
  ['x'.repeat(1_000_000), undefined],
];

for (const [given, expected] of nearest) {
  test(`${given.slice(0, 30)} may mean ${expected}`, () => assert.equal(nearestName(given, known), expected));
}

const misspelt: [string, string, boolean][] = [
  ['Prepaid', 'prepaid', true],
  ['perpaid', 'prepaid', true],
  ['prepayed', 'prepaid', true],
  ['product', 'productSpecCode', false],
  ['city', 'suite', false],
  ['email', 'emails', true],
  ['ip', 'id', true],
  ['currencyCode', 'currency', false],
];

for (const [given, name, expected] of misspelt) {
  test(`${given} is ${expected ? '' : 'not '}a slip for ${name}`, () =>
    assert.equal(isMisspelt(given, name), expected));
}
